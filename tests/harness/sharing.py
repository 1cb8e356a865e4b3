"""Which tests share a worker: a file's own world, the demo or the province of the walk is built once.

pytest-xdist groups by a suffix that it writes into the names of tests, which pytest 9.2 keeps to
itself: every test went anywhere, and both workers built everything.
"""

from xdist.scheduler import LoadScopeScheduling

# The longest first: what is left over at the end is short.
TOGETHER = {
    "demo": ("tests/journeys/", "tests/demo/test_stories.py", "tests/disclosure/test_crawl.py"),
    "province": ("tests/access/",),
    "migrated": ("tests/faults/test_outbox_kill.py", "tests/faults/test_profiles.py"),
}


def group_of(nodeid: str) -> str:
    """The group of a test: one of `TOGETHER`, else its file."""
    path = nodeid.partition("::")[0]
    return next((name for name, places in TOGETHER.items() if path.startswith(places)), path)


def rank_of(nodeid: str) -> int:
    """Where the group of a test stands in the queue."""
    groups = [*TOGETHER]
    group = group_of(nodeid)
    return groups.index(group) if group in groups else len(groups)


class ByGroup(LoadScopeScheduling):
    """Hand out whole groups, in the order in which they were collected."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)
