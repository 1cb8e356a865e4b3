"""The groups that can be measured, and on which databases."""

from dataclasses import dataclass

POSTGRES, SQLITE = "postgres", "sqlite"
BOTH = (POSTGRES, SQLITE)


@dataclass(frozen=True, slots=True)
class Group:
    """A group: the module whose `measure` yields its figures, once for each database."""

    name: str
    says: str
    databases: tuple[str, ...] = (POSTGRES,)
    only_counts: bool = False  # nothing in it is timed: its databases may run at once

    @property
    def module(self) -> str:
        return f"bench.{self.name}"


GROUPS = {
    group.name: group
    for group in (
        Group("pages", "what lists and the review page cost, beside a plain page"),
        Group("matrix", "every address as every person at every home"),
        Group("writes", "what a recorded act costs beside a plain save"),
        Group("reminders", "what a sweep over due deadlines costs, and whether sweeps double"),
        Group("races", "two hundred clients press at once on one plan"),
        Group(
            "sequences",
            "ten thousand random courses of a plan, beside a plain model",
            BOTH,
            only_counts=True,
        ),
        Group(
            "search", "words looked for in lists, against Python's own `in`", BOTH, only_counts=True
        ),
    )
}
