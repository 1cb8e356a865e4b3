"""Papers hung on a contract."""

from datetime import datetime
from typing import IO
from uuid import UUID

from django.core.files import File
from django.db import transaction

from accounts.models import User
from contracts import permissions
from contracts.enums import ContractState
from contracts.models import Contract
from contracts.selectors.papers import ANNEX, PURPOSES, SIGNED, TEXT, VALUATION, purpose_of
from contracts.services import common
from core.errors import ActionBlocked, Reason
from documents.models import Attachment
from documents.services import store_upload

# When each kind of paper can still be added.
OPEN_IN: dict[str, tuple[str, ...]] = {
    TEXT: (ContractState.DRAFT,),
    ANNEX: (ContractState.DRAFT,),
    VALUATION: ContractState.UNSIGNED,
    SIGNED: (ContractState.SIGNED,),
}
NOT_NOW = {
    TEXT: "合同已提交核查，文本不能再更换；如须修改，请退回后再传。",
    ANNEX: "合同已提交核查，附件不能再更换；如须修改，请退回后再传。",
    VALUATION: "合同已经签订，不能再补充签约前的评估报告。",
    SIGNED: "签字盖章的扫描件在登记签订之后、备案之前上传。",
}


def open_kinds(contract: Contract) -> list[tuple[str, str]]:
    """The kinds of paper that can be added in the contract's state, with their labels."""
    return [(kind, label) for kind, label in PURPOSES.items() if contract.state in OPEN_IN[kind]]


@transaction.atomic
def add_file(
    *, contract: Contract, kind: str, upload: File | IO[bytes], name: str, by: User, at: datetime,
    command_id: UUID | None = None,
) -> Attachment:  # fmt: skip
    """Keep one paper of the contract: text, annex, valuation report, signed copy."""
    contract = common.lock_contract(contract, None)
    permissions.require_drafter(by, contract)
    if kind not in PURPOSES:
        raise ActionBlocked(Reason("请选择材料类别。", field="kind"))
    if contract.state not in OPEN_IN[kind]:
        raise ActionBlocked(Reason(NOT_NOW[kind], field="kind"))
    return store_upload(
        upload=upload,
        name=name,
        by=by,
        at=at,
        union=contract.cooperation.supervising_union,
        venue_id=contract.venue_id,
        case_id=contract.case_id,
        purpose=purpose_of(contract, kind),
    )
