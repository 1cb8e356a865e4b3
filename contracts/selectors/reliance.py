"""Which contract rests on an approved plan."""

from approvals.models import Proposal
from contracts.enums import ContractState
from contracts.models import Contract


def signed_on(proposal: Proposal) -> str:
    """The contract signed on the plan, in words; empty without.

    The rows are locked before they are judged: a signature under way is waited for.
    """
    open_states = (*ContractState.UNSIGNED, ContractState.VOID)
    rows = Contract.objects.select_for_update().filter(proposal=proposal).order_by("pk")
    found = [one for one in rows if one.state not in open_states]
    return f"合同《{found[0].title}》（{found[0].number}）已经据此签订" if found else ""
