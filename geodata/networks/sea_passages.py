"""Passages by name: straits with their gates, canals and river mouths, and which of them are closed."""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geodata.networks.sea_faults import SeaRoutingError
from geodata.networks.sea_sphere import Floats

GROUPS: Final = {
    "turkish straits": ("Dardanelles", "Bosporus"),
    "danish straits": ("Oresund", "Great Belt", "Little Belt"),
    "saint lawrence seaway": ("Saint Lawrence River and Seaway",),
    "welland canal": ("Niagara River or Welland Canal",),
    "volga-don canal": ("Volga and Volga-Don Canal",),
}
"""Names that stand for several passages, or for one with a longer name."""
_NO_ID: Final = re.compile(r"[^a-z0-9]+")
_ARCTIC: Final = {  # waters that can only be reached through a closed passage: west, east, south
    "Northern Sea Route": (60.0, 190.0, 68.0),
    "Northwest Passage": (190.0, 280.0, 67.0),
}


@dataclass(frozen=True, eq=False)
class Passage:
    """A strait, canal or river mouth.

    ``kind`` is ``strait``, ``canal`` or ``river-mouth``; ``gates`` are lines across it (for straits), ``path`` is the
    way through it where the 1:10m land closes it; ``closed``: used only where it is asked for.
    """

    name: str
    kind: str
    closed: bool
    gates: tuple[Floats, ...] = ()
    path: Floats | None = None
    aliases: tuple[str, ...] = ()
    source: str = ""

    @cached_property
    def lines(self) -> BaseGeometry:
        """Give the gates as one shapely geometry."""
        return shapely.multilinestrings([shapely.linestrings(gate) for gate in self.gates])

    def crossings(self, line: Floats) -> int:
        """Count how often a line, whose longitudes may pass 180, crosses the gates."""
        if not self.gates:
            return 0
        drawn, west, east = shapely.linestrings(line), line[:, 0].min(), line[:, 0].max()
        count = 0
        for turn in range(int(np.floor((west + 180) / 360)), int(np.floor((east + 180) / 360)) + 1):
            moved = shapely.transform(self.lines, lambda at, by=360.0 * turn: at + np.array([by, 0.0]))
            met = shapely.intersection(drawn, moved)
            count += 0 if met.is_empty else len(shapely.get_parts(met))
        return count


class Passages:
    """All passages: gated ones first, then those with a path, numbered as in the network."""

    def __init__(self, gated: Iterable[Passage], carried: Iterable[Passage]) -> None:
        self.gated = tuple(gated)
        self.carried = tuple(carried)
        self.all = self.gated + self.carried
        self._number = {name.lower(): number for number, passage in enumerate(self.all) for name in _names(passage)}

    @classmethod
    def read(cls, gated: Path, carried: Path) -> "Passages":
        """Read the two tables."""
        return cls(_read(gated, "gates"), _read(carried, "path"))

    def numbers(self, name: str) -> tuple[int, ...]:
        """Find the passages that a name stands for.

        Raises
        ------
        SeaRoutingError
            If there is none.
        """
        key = name.strip().lower()
        if key in GROUPS:
            return tuple(self._number[part.lower()] for part in GROUPS[key])
        if key in self._number:
            return (self._number[key],)
        known = ", ".join(sorted([passage.name for passage in self.all] + [group.title() for group in GROUPS]))
        msg = f"no passage {name!r}; there are {known}"
        raise SeaRoutingError(msg, reason="unknown-passage", passages=(name,))

    def closed(self, stops: Iterable[Floats]) -> set[int]:
        """Give the passages that are used only where asked for; those a stop lies behind are open."""
        places = [(lon % 360.0, lat) for lon, lat in stops]
        shut = {number for number, passage in enumerate(self.all) if passage.closed}
        for name, (west, east, south) in _ARCTIC.items():
            if any(west <= lon <= east and lat >= south for lon, lat in places):
                shut.discard(self._number[name.lower()])
        return shut

    def crossed(self, line: Floats, among: Iterable[int]) -> list[int]:
        """Name those gated passages that a line goes through, by number."""
        return [number for number in among if number < len(self.gated) and self.all[number].crossings(line) % 2]


def ids(gated: Path, carried: Path) -> dict[str, str]:
    """Give the id of every name and other name in the two tables, and of the groups, with the name it stands for."""
    found: dict[str, str] = {}
    for passage in Passages.read(gated, carried).all:
        for name in _names(passage):
            found.setdefault(_id(name), passage.name)
    for name in GROUPS:
        found.setdefault(_id(name), name)
    return found


def _id(name: str) -> str:
    return _NO_ID.sub("-", name.lower()).strip("-")


def _names(passage: Passage) -> tuple[str, ...]:
    return (passage.name, *passage.aliases)


def _line(text: str) -> Floats:
    return np.array([[float(number) for number in point.split()] for point in text.split(";")])


def _read(path: Path, column: str) -> list[Passage]:
    with path.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    found = []
    for row in rows:
        lines = tuple(_line(text) for text in row[column].split("|"))
        found.append(
            Passage(
                name=row["name"],
                kind=row.get("kind", "strait"),
                closed=row["closed"] == "true",
                gates=lines if column == "gates" else (),
                path=lines[0] if column == "path" else None,
                aliases=tuple(alias for alias in row.get("aliases", "").split(";") if alias),
                source=row.get("source", ""),
            )
        )
    return found
