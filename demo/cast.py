"""Who holds which duty where in the demo: read from the lists in `demo/data/`."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from accounts.models import User
from accounts.roles import Role
from organizations.enums import DepartmentKind
from organizations.models import TradeUnion

DATA = Path(__file__).parent / "data"
XIAN = "610100"


@dataclass(frozen=True, slots=True)
class Duty:
    """One desk of a union: its role, its department, the title in a city and in a county."""

    role: Role
    department: str
    city_title: str
    county_title: str


DUTIES: dict[str, Duty] = {
    "officer": Duty(
        Role.ASSET_OFFICER, DepartmentKind.ASSET, "资产监管部四级主任科员", "办公室资产监管干事"
    ),
    "evaluator": Duty(
        Role.ASSET_OFFICER, DepartmentKind.ASSET, "资产监管部考核专员", "办公室考核专员"
    ),
    "head": Duty(Role.ASSET_HEAD, DepartmentKind.ASSET, "资产监管部部长", "办公室主任"),
    "personnel": Duty(Role.COUNTERSIGNER, DepartmentKind.PERSONNEL, "组织部副部长", "组织人事干事"),
    "discipline": Duty(Role.COUNTERSIGNER, DepartmentKind.DISCIPLINE, "机关纪委书记", "纪检委员"),
    "finance": Duty(Role.COUNTERSIGNER, DepartmentKind.FINANCE, "财务部部长", "财务负责人"),
    "fund_review": Duty(Role.COUNTERSIGNER, DepartmentKind.FUND_REVIEW, "经审办主任", "经审会委员"),
    "counsel": Duty(Role.COUNSEL, "", "法律顾问", "法律顾问"),
    "leader": Duty(Role.LEADER, "", "副主席", "副主席"),
    "secretary": Duty(Role.SECRETARY, "", "办公室会议秘书", "办公室会议秘书"),
}
COUNTERSIGNERS = ("personnel", "discipline", "finance", "fund_review")
# Accounts named in README stand under names of their own.
KNOWN: dict[tuple[str, str], str] = {
    (XIAN, "officer"): "asset.officer",
    (XIAN, "evaluator"): "asset.evaluator",
    (XIAN, "head"): "asset.head",
    (XIAN, "personnel"): "cosign.personnel",
    (XIAN, "discipline"): "cosign.discipline",
    (XIAN, "finance"): "cosign.finance",
    (XIAN, "fund_review"): "cosign.audit",
    (XIAN, "counsel"): "counsel",
    (XIAN, "leader"): "leader",
    (XIAN, "secretary"): "secretary",
    ("610000", "officer"): "province.asset",
    ("610103", "officer"): "county.officer",
    ("610300", "officer"): "baoji.officer",
}


@dataclass(frozen=True, slots=True)
class VenueCast:
    """The people of one venue, and the lawyer and expert it engages."""

    venue: str
    prefix: str
    head: str
    clerk: str
    board: tuple[str, ...]
    lawyer: str
    lawyer_firm: str
    expert: str
    expert_firm: str
    expert_post: str


@cache
def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def venue_casts() -> list[VenueCast]:
    """Every venue that has people of its own."""
    return [
        VenueCast(**{**row, "board": tuple(row["board"].split("、"))})
        for row in _rows("venue_people.csv")
    ]


@cache
def venue_cast(name: str) -> VenueCast:
    """The people of a venue, by its name."""
    return next(one for one in venue_casts() if one.venue == name)


def officers() -> list[tuple[str, str, str, str]]:
    """Everybody beside the accounts of README: (union, duty, account, name)."""
    return [
        (row["union"], duty, f"{row['prefix']}.{duty}", row[duty])
        for row in _rows("officers.csv")
        for duty in DUTIES
        if row[duty]
    ]


def rosters() -> dict[str, list[str]]:
    """The members of each union's meetings, the principal first, the leader second."""
    return {row["union"]: row["names"].split("、") for row in _rows("rosters.csv")}


@cache
def username_of(union: str, duty: str) -> str:
    """The account that holds a duty at a union."""
    if known := KNOWN.get((union, duty)):
        return known
    return next(
        account for code, held, account, _name in officers() if (code, held) == (union, duty)
    )


def person(username: str) -> User:
    """An account of the demo, fresh from the database."""
    return User.objects.get(username=username)


def officer(union: TradeUnion, duty: str) -> User:
    """Who holds a duty at a union."""
    return person(username_of(union.code, duty))
