"""Where things stand and who reads them, written by hand: the oracle's own map of the province.

A home is a place that owns one object of every kind. Seen from 西安市总工会 and its venue
东城 the six homes are: own, another venue of the same union, a child, the child's sibling,
the parent and another city.
"""

from dataclasses import dataclass

PROVINCE, XIAN, BEILIN, LIANHU, BAOJI = "610000", "610100", "610103", "610104", "610300"


@dataclass(frozen=True, slots=True)
class Home:
    """One place: its canary, its venue, its union and the unions above."""

    key: str
    venue: str
    chain: tuple[str, ...]  # from the province down to the union itself

    @property
    def union(self) -> str:
        return self.chain[-1]

    @property
    def canary(self) -> str:
        return f"qx{self.key}"


HOMES: dict[str, Home] = {
    home.key: home
    for home in (
        Home("dongcheng", "西安东城工人文化宫", (PROVINCE, XIAN)),
        Home("tumen", "西安土门样例文化宫", (PROVINCE, XIAN)),
        Home("beilin", "碑林职工之家", (PROVINCE, XIAN, BEILIN)),
        Home("lianhu", "莲湖工人文化宫", (PROVINCE, XIAN, LIANHU)),
        Home("shaanxi", "秦岭工人疗养院", (PROVINCE,)),
        Home("baoji", "宝鸡市工人文化宫", (PROVINCE, BAOJI)),
    )
}
OWN, OTHER_CITY = HOMES["dongcheng"], HOMES["baoji"]
# To its union as the other venue; a sibling only to that venue. To the city as the other child;
# a sibling only to that child.
SECOND_VENUE, SECOND_CHILD = HOMES["tumen"], HOMES["lianhu"]


@dataclass(frozen=True, slots=True)
class Reader:
    """One person of the walk: a role, and the union or the home whose venue it is held at."""

    username: str
    role: str
    union: str = ""
    venue_of: str = ""
    department: str = ""


READERS: dict[str, Reader] = {
    reader.username: reader
    for reader in (
        Reader("", "anonymous"),
        Reader("venue.manager", "venue_manager", venue_of="dongcheng"),
        Reader("venue.staff", "venue_staff", venue_of="dongcheng"),
        Reader("baoji.manager", "venue_manager", venue_of="baoji"),
        Reader("asset.officer", "asset_officer", XIAN, department="asset"),
        Reader("asset.head", "asset_head", XIAN, department="asset"),
        Reader("counsel", "counsel", XIAN),
        Reader("cosign.personnel", "countersigner", XIAN, department="personnel"),
        Reader("cosign.discipline", "countersigner", XIAN, department="discipline"),
        Reader("cosign.finance", "countersigner", XIAN, department="finance"),
        Reader("cosign.audit", "countersigner", XIAN, department="fund_review"),
        Reader("leader", "leader", XIAN),
        Reader("secretary", "secretary", XIAN),
        Reader("auditor", "auditor", XIAN),
        Reader("expert", "expert"),
        Reader("province.asset", "asset_officer", PROVINCE, department="asset"),
        Reader("baoji.officer", "asset_officer", BAOJI, department="asset"),
        Reader("county.officer", "asset_officer", BEILIN, department="asset"),
        Reader("sysadmin", "system_admin"),
        Reader("secadmin", "security_admin"),
        Reader("audadmin", "audit_admin"),
    )
}
ADMINISTRATORS = ("system_admin", "security_admin", "audit_admin")
