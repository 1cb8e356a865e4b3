"""What the regulation says of plans, as pure functions over frozen facts.

`facts` is all the rules may know; `fields` are the questions of a plan; `checks` are the
conditions; `procedure` is the skeleton of stages; `route` the steps of a plan, `floor` what
no row of the authority matrix may go below, `selecting` which row fits best, `counting` how
countersignatures count, `major` the catalogue of major matters; `term` and `lease` the two
tests that contracts use as well.
"""
