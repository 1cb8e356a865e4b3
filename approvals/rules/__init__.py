"""What the regulation says of plans, as pure functions over frozen facts.

`facts` is all the rules may know; `fields` are the questions of a plan; `checks` are the
conditions; `procedure` is the skeleton of stages; `route` the floor of the authority
matrix; `term` and `lease` the two tests that contracts use as well.
"""
