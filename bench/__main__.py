"""script/bench GROUP … [--json], script/bench --all [--json]: measure and hold against the bars."""

import argparse
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator

from bench.figures import Figure, heading
from bench.groups import GROUPS, Group

BROKEN = 2


class LegBroke(RuntimeError):
    """A group ended before it had measured everything."""


def arguments(given: list[str] | None = None) -> argparse.Namespace:
    """Read the command line; ends 2 with the list of groups when none is named."""
    groups = "\n".join(f"  {one.name:<11} {one.says}" for one in GROUPS.values())
    parser = argparse.ArgumentParser(
        prog="script/bench",
        description="Measure the figures of docs/bench.md. Ends 1 when one does not hold.",
        epilog=f"groups:\n{groups}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("groups", nargs="*", metavar="GROUP")
    parser.add_argument("--all", action="store_true", help="every group")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    options = parser.parse_args(given)
    if options.all == bool(options.groups) or set(options.groups) - set(GROUPS):
        parser.error(f"name groups, or --all: {' '.join(GROUPS)}")
    return options


def measured(group: Group) -> Iterator[Figure]:
    """The figures of a group: a process of its own for each database, as Django keeps to one.

    One after the other, so that none slows the next; at once where nothing is timed.
    """
    at_once = group.databases if group.only_counts else ()
    begun = {database: _begin(group, database) for database in at_once}
    try:
        for database in group.databases:
            leg = begun[database] = begun.get(database) or _begin(group, database)
            yield from map(Figure.from_json, leg.stdout or ())
            if code := leg.wait():
                raise LegBroke(f"{group.name} on {database} ended with {code}")
    finally:
        for leg in begun.values():
            leg.terminate()
            leg.wait()


def _begin(group: Group, database: str) -> subprocess.Popen[str]:
    environment = os.environ | {"UNIONOPS_TEST_DB": database}
    command = [sys.executable, "-m", "bench.leg", group.name]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


def report(figures: Iterable[Figure], *, as_json: bool, write: Callable[[str], object]) -> int:
    """Print each figure as it comes; 1 when one does not hold, 2 when a group broke, else 0."""
    code = 0
    if not as_json:
        write(f"{heading()}\n")
    try:
        for one in figures:
            write(f"{one.to_json() if as_json else one.to_row()}\n")
            code = code or int(not one.holds)
    except LegBroke as broke:
        sys.stderr.write(f"script/bench: {broke}\n")
        return BROKEN
    return code


def main() -> int:
    options = arguments()
    names = list(GROUPS) if options.all else options.groups

    def write(text: str) -> None:
        sys.stdout.write(text)
        sys.stdout.flush()

    figures = (figure for name in names for figure in measured(GROUPS[name]))
    return report(figures, as_json=options.json, write=write)


if __name__ == "__main__":
    sys.exit(main())
