"""Where the product does what a clause asks: one line a place, kept beside the register."""

import csv
from dataclasses import dataclass
from pathlib import Path

PLACES_PATH = Path(__file__).parent / "data" / "places.csv"


@dataclass(frozen=True, slots=True)
class Place:
    """落实之处: what is done there, and the list it is reached from."""

    code: str
    words: str
    url: str


def _read(path: Path) -> tuple[Place, ...]:
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            Place(row["code"], row["place"], row["address"]) for row in csv.DictReader(file)
        )


PLACES: tuple[Place, ...] = _read(PLACES_PATH)


def places_of(code: str) -> list[Place]:
    """Where one rule is carried out; empty when the product does nothing for it yet."""
    return [one for one in PLACES if one.code == code]
