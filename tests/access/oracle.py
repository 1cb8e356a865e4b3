"""What an answer must be, decided from the map and the matrix alone: no query, no `visible_to`.

第五条 分级监管: a union reads its own matters and those below it, a venue its own; nobody
else reads them. The three administrators see no business at all.
"""

from tests.access.homes import ADMINISTRATORS, HOMES, Home, Reader


def acts_at(reader: Reader, home: Home) -> bool:
    """Whether the reader's post stands at this very place."""
    return reader.venue_of == home.key or bool(reader.union and reader.union == home.union)


def acts_on(reader: Reader, home: Home, kind: str) -> bool:
    """Whether the reader may act on an object of this kind; what a union keeps its venue cannot."""
    if kind in PLACELESS:
        return True
    if kind in UNION_KINDS | {"agenda_item", "union_plan"} and reader.venue_of:
        return False
    return acts_at(reader, home)


def in_scope(reader: Reader, home: Home) -> bool:
    """Whether the place lies in the reader's sight."""
    return reader.venue_of == home.key or bool(reader.union and reader.union in home.chain)


def _of_its_union(reader: Reader, home: Home) -> bool:
    """What a union keeps for itself its venues may hear of, in a matter of their own."""
    under = HOMES[reader.venue_of].union if reader.venue_of else ""
    return in_scope(reader, home) or under == home.union


def _record(reader: Reader, home: Home) -> bool:
    """The verbatim record: the union's secretary, and leaders and auditors from above."""
    if reader.role in ("leader", "auditor"):
        return in_scope(reader, home)
    return reader.role == "secretary" and acts_at(reader, home)


def _board_record(reader: Reader, home: Home) -> bool:
    """The record of a venue's board: its head, and leaders and auditors from above."""
    if reader.role in ("leader", "auditor"):
        return in_scope(reader, home)
    return reader.role == "venue_manager" and reader.venue_of == home.key


def _register(reader: Reader, home: Home) -> bool:
    """The register of partners is one for the province: everybody with a business post."""
    return reader.role not in (*ADMINISTRATORS, "expert", "anonymous")


def _own_venue(reader: Reader, home: Home) -> bool:
    """A draft nobody was asked to guide yet is its venue's own."""
    return reader.venue_of == home.key


def _unsent(reader: Reader, home: Home) -> bool:
    """An opinion not yet sent is its writer's alone; the walk has the demo's write it."""
    return reader.username == "cosign.personnel" and acts_at(reader, home)


def _person(reader: Reader, home: Home) -> bool:
    """Names of people: their colleagues', and the administrators' of accounts and of the trail."""
    return reader.role in ADMINISTRATORS or _of_its_union(reader, home)


def _delegation(reader: Reader, home: Home) -> bool:
    """A delegation is its principal's to take back, in the walk the demo's 组织人事, or the keeper's."""
    is_theirs = reader.username == "cosign.personnel" or reader.role == "asset_head"
    return is_theirs and acts_at(reader, home)


def _union_draft(reader: Reader, home: Home) -> bool:
    """What a union is still writing is its own: those above read it from the meeting on."""
    return bool(reader.union) and acts_at(reader, home)


RULES = {
    "": in_scope,
    "unionplan": _of_its_union,
    "uniondraft": _union_draft,
    "place": in_scope,
    "union": _of_its_union,
    "record": _record,
    "boardrecord": _board_record,
    "partner": _register,
    "draft": _own_venue,
    "unsent": _unsent,
    "person": _person,
}
# What an expert from outside reads: the one plan they were asked about.
EXPERT_READS = frozenset(("dongcheng", kind) for kind in ("", "place", "partner", "person"))


def reads(reader: Reader, home: Home, kind: str) -> bool:
    """Whether the reader may see a text of this kind of this home."""
    if reader.role == "anonymous":
        return False
    if reader.role == "expert":
        return (home.key, kind) in EXPERT_READS
    return RULES[kind](reader, home)


def _notice(reader: Reader, home: Home) -> bool:
    """A notice, or a token, is its own person's: here the head of the venue's."""
    return reader.role == "venue_manager" and reader.venue_of == home.key


def _scheme(reader: Reader, home: Home) -> bool:
    """A scheme binds the unions below the one that published it, and may be read there."""
    chain = next((one.chain for one in HOMES.values() if one.union == reader.union), ())
    own = HOMES[reader.venue_of].chain if reader.venue_of else chain
    return in_scope(reader, home) or home.union in own


def _anybody(reader: Reader, home: Home) -> bool:
    return True


RULES |= {
    "notice": _notice,
    "scheme": _scheme,
    "public": in_scope,
    "title": in_scope,
    "paper": in_scope,
}

# Objects that belong to no place: whoever holds the role finds every one of them.
PLACELESS = frozenset(
    {"none", "list", "partner", "user", "post", "delivery", "article", "verification", "published",
     "notice_code"}
)  # fmt: skip
# What a union keeps is found by those who read the union, not by its venues.
FOUND_BY = {
    "draft": _own_venue,
    "section": _own_venue,
    "record": _record,
    "notice": _notice,
    "token": _notice,
    "contracting": in_scope,
    "delegation": _delegation,
    "phrase": _unsent,
    "matrix_row": _of_its_union,
    "union_plan": _of_its_union,
    "union_draft": _union_draft,
}
UNION_KINDS = frozenset(
    {"body", "meeting", "record", "planning", "amendment", "amendment_row", "major_entry",
     "resolution"}
)  # fmt: skip


def finds(reader: Reader, home: Home, kind: str) -> bool:
    """Whether the address of the home's object of this kind is answered to the reader."""
    if kind in PLACELESS:
        return True
    if reader.role == "expert":
        return home.key == "dongcheng" and kind in ("proposal", "engagement", "thread")
    if kind in UNION_KINDS and reader.venue_of:
        return False
    return FOUND_BY.get(kind, in_scope)(reader, home)


def reads_trail(reader: Reader, kind: str) -> bool:
    """审计管理员查看全部留痕: what was done to which matter, never what was said in it."""
    said = ("record", "boardrecord", "unsent", "notice")
    return reader.role == "audit_admin" and kind not in said
