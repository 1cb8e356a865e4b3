"""The groups that can be measured, and on which databases."""

from dataclasses import dataclass

POSTGRES, SQLITE = "postgres", "sqlite"


@dataclass(frozen=True, slots=True)
class Group:
    """A group: the module whose `measure` yields its figures, once for each database."""

    name: str
    says: str
    databases: tuple[str, ...] = (POSTGRES,)

    @property
    def module(self) -> str:
        return f"bench.{self.name}"


GROUPS = {
    group.name: group
    for group in (Group("pages", "what lists and the review page cost, beside a plain page"),)
}
