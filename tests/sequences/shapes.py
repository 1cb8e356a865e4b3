"""Who sits where and which ways a plan may go, in plain words; the world is built from them."""

from dataclasses import dataclass
from fractions import Fraction
from itertools import product

FOUR = ("personnel", "discipline", "finance", "fund_review")
ADDED = ("office", "rights", "publicity")
CITY, PROVINCE = "city", "province"
FORMAL, COSIGN, LEGAL, LEADER = (
    "formal_review",
    "countersignature",
    "legal_review",
    "leader_signoff",
)
STAGE_OF = {FORMAL: FORMAL, COSIGN: "countersigning", LEGAL: LEGAL, LEADER: LEADER}
BODIES = ("party_group", "chairs_office")


@dataclass(frozen=True)
class Group:
    """Departments that sign together: all, any, ratio (so many of them) or sequence."""

    departments: tuple[str, ...]
    counting: str = "all"
    need: int = 0


@dataclass(frozen=True)
class Shape:
    """One route, chosen by what the partner invests (万元)."""

    name: str
    amount: int
    groups: tuple[Group, ...]
    has_leader: bool = False
    goes_up: bool = False

    @property
    def stages(self) -> tuple[str, ...]:
        return (
            FORMAL,
            "countersigning",
            LEGAL,
            *([LEADER] if self.has_leader else []),
            *BODIES,
            *(["upward"] if self.goes_up else []),
            "replying",
        )

    def group_of(self, department: str) -> Group:
        return next(one for one in self.groups if department in one.departments)


SHAPES = (
    Shape("all", 10, (Group(FOUR),)),
    Shape("any", 20, (Group(FOUR), Group(ADDED, "any")), has_leader=True),
    Shape("ratio", 30, (Group(FOUR), Group(ADDED, "ratio", 2)), has_leader=True),
    Shape("sequence", 40, (Group(FOUR, "sequence"), Group(ADDED[:2])), goes_up=True),
)

# Nobody sits at 宣教 in the city; who sits at 权保 sits at 办公室 too; one at 纪委 and 法律审核; the
# drafter of the plan sits at 经审 as well.
SEATS: dict[tuple[str, str, str], tuple[str, ...]] = {
    (CITY, FORMAL, ""): ("asset.officer", "asset.head"),
    (CITY, COSIGN, "personnel"): ("cosign.personnel", "second.personnel"),
    (CITY, COSIGN, "discipline"): ("cosign.discipline", "both"),
    (CITY, COSIGN, "finance"): ("cosign.finance", "second.finance"),
    (CITY, COSIGN, "fund_review"): ("cosign.audit", "venue.staff"),
    (CITY, COSIGN, "office"): ("cosign.office", "second.office"),
    (CITY, COSIGN, "rights"): ("cosign.office",),
    (CITY, LEGAL, ""): ("counsel", "both"),
    (CITY, LEADER, ""): ("leader",),
    (PROVINCE, FORMAL, ""): ("province.asset",),
    (PROVINCE, COSIGN, "fund_review"): ("province.audit",),
    (PROVINCE, COSIGN, "rights"): ("province.rights",),
    (PROVINCE, COSIGN, "publicity"): ("province.publicity",),
    (PROVINCE, LEGAL, ""): ("province.counsel",),
}
WRITERS = ("venue.staff", "venue.manager")
COLLEAGUES = tuple(
    dict.fromkeys(
        [one for (union, *_), people in SEATS.items() if union == CITY for one in people]
        + ["secretary"]
    )
)
PEOPLE = tuple(
    dict.fromkeys([*COLLEAGUES, *WRITERS, *(one for people in SEATS.values() for one in people)])
)
URGERS = (*WRITERS, "asset.officer", "asset.head", "leader")

# Which desk's opinion rests on which of the two sections the sequences change (help, chapter 3).
READERS = {
    "discounts": {"personnel", "finance"},
    "contract_elements": {"finance", "fund_review", LEGAL},
}
EVERY_CHANGE = {*ADDED, LEADER}  # desks nobody mapped read everything


def holders(union: str, node: str, department: str) -> tuple[str, ...]:
    return SEATS.get((union, node, department), ())


def verdict(group: Group, marks: list[str]) -> str:
    """open, passed or disputed after these words (for, against, abstain, recused), in order."""
    size = len(group.departments)
    if group.counting == "any":
        decisions = [one for one in marks if one in ("for", "against")]
        if decisions:
            return "passed" if decisions[0] == "for" else "disputed"
        return "open" if len(marks) < size else "disputed"
    if group.counting == "ratio":
        return _ratio(group, marks)
    if len(marks) < size:
        return "open"
    return "disputed" if "against" in marks else "passed"


def _ratio(group: Group, marks: list[str]) -> str:
    """赞成/应签 ≥ t; lost only when no way in which the silent may still speak reaches it."""
    if _reaches(group, marks):
        return "passed"
    left = len(group.departments) - len(marks)
    hopes = (
        [*marks, *more]
        for length in range(1, left + 1)
        for more in product(("for", "recused"), repeat=length)
    )
    return "open" if any(_reaches(group, hope) for hope in hopes) else "disputed"


def _reaches(group: Group, marks: list[str]) -> bool:
    size = len(group.departments)
    asked = size - marks.count("recused")
    return asked > 0 and Fraction(marks.count("for"), asked) >= Fraction(group.need, size)
