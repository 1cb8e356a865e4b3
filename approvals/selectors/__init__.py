"""Named reads of plans: `facts` for the rules, `desks` for whose turn, `pages` for screens."""
