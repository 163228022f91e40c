"""Ports: where they are, and which of them a text declares."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from routes import limits
from routes.documents import DocumentError, csv_rows
from routes.errors import ReportsError
from routes.findings import listed, one_line, said, shortened
from routes.frames import records, text_of
from routes.voyages.rules import EXIT_RATIO
from routes.voyages.sphere import chord_of, distances_km, unit_vectors

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from numpy.typing import NDArray
    from scipy.spatial import cKDTree

    Floats = NDArray[np.float64]
    Places = NDArray[np.int64]

REQUIRED: Final = ("id", "name", "lon", "lat")
_READ: Final = frozenset({*REQUIRED, "locode", "names", "kind", "radius_km"})
_FEWER: Final = "keep the ports that are needed"
_LOCODE: Final = re.compile(r"([A-Z]{2})[ -]?([A-Z2-9]{3})")


@dataclass(frozen=True)
class Ports:
    """Ports as arrays, in the order in which they were given.

    Attributes
    ----------
    ids, names
        Texts.
    lon, lat
        Degrees, EPSG:4326.
    radius_km
        Of each port; never missing.
    keys
        Position of a port by what it can be called, as `key_of` writes it; -1 for a name of several ports.
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    lon: Floats
    lat: Floats
    radius_km: Floats
    keys: Mapping[str, int]

    def nearest(self, lon: Floats, lat: Floats) -> tuple[Places, Floats]:
        """Return for each point the port that it is in or just outside of.

        Parameters
        ----------
        lon, lat
            Degrees, shape (n,), without missing values.

        Returns
        -------
        tuple of ndarray
            Positions of ports, the nearest of those whose radius, with the margin for leaving, holds the point, else
            -1; and the distances on the mean sphere in km, infinite where there is none.

        Raises
        ------
        None
            Whatever finite numbers are given.
        """
        found = np.full(len(lon), -1, dtype="int64")
        distance_km = np.full(len(lon), np.inf)
        if not len(lon):
            return found, distance_km
        points = unit_vectors(lon, lat)
        for members, tree, reach in self._trees:
            # the bound of a k-d tree is exclusive; a little more keeps a point on the edge, which is measured below
            _, near = tree.query(points, distance_upper_bound=reach * (1 + 1e-9))
            hit = np.flatnonzero(near < len(members))
            port = members[near[hit]]
            away_km = distances_km(lon[hit], lat[hit], self.lon[port], self.lat[port])
            better = (away_km <= EXIT_RATIO * self.radius_km[port]) & (away_km < distance_km[hit])
            found[hit[better]], distance_km[hit[better]] = port[better], away_km[better]
        return found, distance_km

    @cached_property
    def _trees(self) -> list[tuple[Places, cKDTree, float]]:
        """Return for each radius the ports that have it, a tree of them, and how far it is to be asked."""
        from scipy.spatial import cKDTree  # noqa: PLC0415 - only where reports are cut

        vectors = unit_vectors(self.lon, self.lat)
        trees = []
        for radius_km in np.unique(self.radius_km):
            members = np.flatnonzero(self.radius_km == radius_km)
            trees.append((members, cKDTree(vectors[members]), float(chord_of(EXIT_RATIO * radius_km))))
        return trees

    def __getstate__(self) -> dict[str, Any]:
        """Leave the trees out of what is sent to workers: each makes its own once."""
        return {name: value for name, value in self.__dict__.items() if name != "_trees"}

    def resolve(self, declared: str | None) -> int:
        """Return the position of the port that a text declares, or -1.

        Parameters
        ----------
        declared
            A name, id or UN/LOCODE in any case, or `FROM>TO` as IMO SN/Circ.244 asks for, of which the end counts.

        Raises
        ------
        None
            A text that is no port's, or that of several, is not resolved.
        """
        if not declared:
            return -1
        return self.keys.get(key_of(declared.rpartition(">")[2]), -1)


def key_of(text: str) -> str:
    """Return a name as it is compared: without case, doubled spaces, and the `@` that pads texts of AIS.

    Examples
    --------
    >>> key_of("ru  vvo@@@@")
    'ruvvo'
    >>> key_of(" Port  Said")
    'port said'
    """
    plain = " ".join(text.replace("@", " ").split())
    code = _LOCODE.fullmatch(plain.upper())
    return f"{code[1]}{code[2]}".lower() if code else plain.casefold()


def read_ports(ports: pd.DataFrame | str | Path, radius_km: float) -> Ports:
    """Return ports from a frame or a CSV file.

    Parameters
    ----------
    ports
        Columns id, name, lon, lat (degrees, EPSG:4326), and optionally locode, names (`ko=…;ru=…`), kind, radius_km
        (missing for the radius given here). Where there is a kind, as in the `places.csv` of a case, rows of kind
        `port` are taken.
    radius_km
        For ports without one of their own.

    Raises
    ------
    ReportsError
        With every fault of the table.
    OSError
        If the file cannot be read.
    """
    faults: list[str] = []
    if isinstance(ports, (str, Path)):
        file, rows = Path(ports).name, _file_rows(Path(ports), faults)
    else:
        file, rows = "ports", _frame_rows(ports)
    rows = [(line, row) for line, row in rows if "kind" not in row or _text(row["kind"]) == "port"]
    if not rows and not faults:
        faults.append(f"{file}: holds no port; give at least one row (with kind port, where there is a kind)")
    return _checked(file, rows, radius_km, faults)


def _frame_rows(ports: pd.DataFrame) -> list[tuple[int, Mapping[str, Any]]]:
    import pandas as pd  # noqa: PLC0415 - only once reports are read

    frame = pd.DataFrame(ports)
    frame = frame.rename(columns=lambda name: str(name).strip().lower())
    _check_header("ports", list(frame.columns))
    return list(enumerate(records(frame), start=2))


def _file_rows(path: Path, faults: list[str]) -> list[tuple[int, Mapping[str, Any]]]:
    """Return the rows of a CSV file, each with its line; one that does not fit the header is a fault and left out.

    A column without a name is nobody's: programs write one for the numbers of rows, or by a comma at the end.
    """
    rows: list[tuple[int, Mapping[str, Any]]] = []
    names: list[str] = []
    try:
        for line, cells in csv_rows(_file_text(path), limits.CELL):
            if not any(cell.strip() for cell in cells):
                continue
            if not names:
                names = _file_header(path.name, cells)
            elif len(rows) + len(faults) >= limits.ROWS.value:
                faults.append(f"{path.name}:{line}: has more than {limits.ROWS}; {limits.ROWS.remedy(_FEWER)}")
                break
            elif len(cells) > len(names):
                remedy = "quote a cell that holds a comma, and end no row with a comma more than the header"
                faults.append(f"{path.name}:{line}: has {len(cells)} cells, the header {len(names)}; {remedy}")
            else:
                # only what is read, so that other columns take no memory
                padded = zip_longest(names, cells, fillvalue="")
                rows.append((line, {name: cell for name, cell in padded if name in _READ}))
    except DocumentError as err:
        faults.append(f"{path.name}:{err.line}: {one_line(err.problem)}; {err.remedy}")
    if not names and not faults:
        faults.append(f"{path.name}: is no CSV in UTF-8 (it is empty); give columns {', '.join(REQUIRED)}")
    return rows


def _file_text(path: Path) -> str:
    if not limits.is_regular(path):
        raise ReportsError([f"{path.name}: is no file but a pipe, a device or a folder; save the ports as a file"])
    if path.stat().st_size > limits.FILE.bytes:
        raise ReportsError([f"{path.name}: is larger than {limits.FILE}; {limits.FILE.remedy(_FEWER)}"])
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as err:
        problem = f"is no CSV in UTF-8 ({said(err)})"
        raise ReportsError([f"{path.name}: {problem}; give columns {', '.join(REQUIRED)}"]) from err


def _file_header(file: str, cells: Sequence[str]) -> list[str]:
    if len(cells) > limits.COLUMNS.value:
        remedy = limits.COLUMNS.remedy("keep the columns that are needed")
        raise ReportsError([f"{file}: has more than {limits.COLUMNS}; {remedy}"])
    names = [cell.strip().lower() for cell in cells]
    _check_header(file, [name for name in names if name])
    return names


def _check_header(file: str, names: Sequence[str]) -> None:
    """Refuse columns of which one stands twice, or one that is needed is missing."""
    twice = [name for name, times in Counter(names).items() if times > 1]
    if twice:
        raise ReportsError([f"{file}: column {listed(twice)} stands there twice; keep the one that counts"])
    missing = [name for name in REQUIRED if name not in names]
    if missing:
        found = listed(names) or "nothing"
        msg = f"{file}: lacks column{'s' * (len(missing) > 1)} {', '.join(missing)}; found {found}"
        raise ReportsError([msg])


def _checked(file: str, rows: Sequence[tuple[int, Mapping[str, Any]]], default_km: float, faults: list[str]) -> Ports:
    """Return the ports of some rows, or one error with their faults behind those that are known already."""
    ids: dict[str, int] = {}
    lon: list[float] = []
    lat: list[float] = []
    radii: list[float] = []
    for line, row in rows:
        name = _text(row["id"])
        if not name:
            faults.append(f"{file}:{line}: id: is missing; give each port one")
        elif name in ids:
            faults.append(f"{file}:{line}: id: {shortened(name)!r} stands there twice; give each port its own")
        ids.setdefault(name, len(ids))
        for values, column, bound in ((lon, "lon", 180.0), (lat, "lat", 90.0)):
            values.append(_number(row[column]))
            if not abs(values[-1]) <= bound:
                remedy = f"give degrees, -{bound:g} to {bound:g}"
                faults.append(f"{file}:{line}: {column}: {shortened(_text(row[column]))!r} is no {column}; {remedy}")
        own = _text(row.get("radius_km"))
        radii.append(_number(own) if own else default_km)
        if not 0 < radii[-1] < math.inf:
            faults.append(f"{file}:{line}: radius_km: {shortened(own)!r} is no distance; give km above 0, or nothing")
    if faults:
        raise ReportsError(faults)
    names = tuple(_text(row["name"]) or _text(row["id"]) for _, row in rows)
    return Ports(tuple(ids), names, np.array(lon), np.array(lat), np.array(radii), _keys([row for _, row in rows]))


def _keys(rows: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Return what each port can be called. An id or a LOCODE is one port's; a name may be several's, then nobody's."""
    keys: dict[str, int] = {}
    for place, row in enumerate(rows):
        others = [part.partition("=")[2] for part in _text(row.get("names")).split(";")]
        for text in {key_of(one) for one in (_text(row["name"]), *others) if one.strip()}:
            keys[text] = place if keys.get(text, place) == place else -1
    for column in ("locode", "id"):
        keys |= {key_of(code): place for place, row in enumerate(rows) if (code := _text(row.get(column)))}
    return keys


def _text(value: object) -> str:
    return text_of(value) or ""


def _number(value: object) -> float:
    try:
        return float(_text(value))
    except ValueError:
        return math.nan
