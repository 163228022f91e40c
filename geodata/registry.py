"""Packaged data: what each file is, where it comes from and whether it is intact."""

import hashlib
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

REQUIRED: Final = (
    "file",
    "title",
    "source",
    "version",
    "url",
    "licence",
    "licence_url",
    "attribution",
    "changes",
    "sha256",
    "bytes",
)
"""Keys that every entry of ``geodata/sources.toml`` must fill."""

_HERE: Final = Path(__file__).resolve().parent
_DATA: Final = _HERE / "data"
_SOURCES: Final = _HERE / "sources.toml"


class DataError(RuntimeError):
    """A packaged data file is missing, unregistered or altered."""


@lru_cache(maxsize=1)
def _entries() -> tuple[dict[str, Any], ...]:
    return read_sources(_SOURCES)


def read_sources(path: Path) -> tuple[dict[str, Any], ...]:
    """Read and check a sources file.

    Parameters
    ----------
    path
        A TOML file with one ``[[file]]`` table for each data file.

    Returns
    -------
    tuple of dict
        The entries in the order of the file. An entry may list further sources under ``also``.

    Raises
    ------
    DataError
        If an entry lacks a required key or leaves it empty; all such faults are in one message.
    """
    with path.open("rb") as handle:
        entries = tomllib.load(handle).get("file", [])
    faults = [
        f"{path.name}: entry {number} ({entry.get('file', 'unnamed')!r}): {key} is missing or empty"
        for number, entry in enumerate(entries, start=1)
        for key in REQUIRED
        if entry.get(key) in (None, "", 0)
    ]
    if faults:
        msg = "; ".join([*faults, "fill them in, or run `make data`"])
        raise DataError(msg)
    return tuple(entries)


def sources() -> list[dict[str, Any]]:
    """List the packaged data files with source, licence and attribution.

    Returns
    -------
    list of dict
        One dict for each file with the keys of :data:`REQUIRED`, and ``also``, a list of further
        sources (source, version, url, licence, licence_url, attribution), where there are any.

    Raises
    ------
    DataError
        If an entry is incomplete.

    Examples
    --------
    >>> {entry["licence"] for entry in sources()} >= {"CC-BY-4.0"}
    True
    """
    return [dict(entry) for entry in _entries()]


def attributions() -> list[str]:
    """List the credits that a map made from these files must show.

    Returns
    -------
    list of str
        Each credit once, in the order of the registry.

    Raises
    ------
    DataError
        If an entry is incomplete.
    """
    found = [part["attribution"] for entry in _entries() for part in (entry, *entry.get("also", ()))]
    return list(dict.fromkeys(found))


def data_path(name: str) -> Path:
    """Find a packaged data file.

    Parameters
    ----------
    name
        File name below ``geodata/data``, e.g. ``"cities.json"``.

    Returns
    -------
    pathlib.Path
        The file; its hash is not checked here (see :func:`verify`).

    Raises
    ------
    DataError
        If the registry does not know the name or the file is gone.
    """
    known = [str(entry["file"]) for entry in _entries()]
    if name not in known:
        msg = f"no packaged data file {name!r}; there are {', '.join(known)}"
        raise DataError(msg)
    path = _DATA / name
    if not path.is_file():
        msg = f"packaged data file {name!r} is missing from {_DATA}; reinstall or run `make data`"
        raise DataError(msg)
    return path


def verify(folder: Path | None = None, entries: tuple[dict[str, Any], ...] | None = None) -> list[str]:
    """Check every packaged data file against the registry.

    Parameters
    ----------
    folder
        Folder of the files; the packaged one if not given.
    entries
        Registry entries; the packaged ones if not given.

    Returns
    -------
    list of str
        Names of the files, all intact.

    Raises
    ------
    DataError
        If a file is missing, has another hash or size than registered, or lies in the folder
        without an entry; the message names all of them with expected and actual values.
    """
    root = _DATA if folder is None else folder
    wanted = {str(entry["file"]): entry for entry in (_entries() if entries is None else entries)}
    found = {
        path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file() and path.name != ".gitkeep"
    }
    faults = [f"{name}: registered but missing" for name in sorted(set(wanted) - found)]
    faults += [f"{name}: no entry in sources.toml" for name in sorted(found - set(wanted))]
    for name in sorted(found & set(wanted)):
        content = (root / name).read_bytes()
        actual, expected = hashlib.sha256(content).hexdigest(), wanted[name]["sha256"]
        if actual != expected:
            faults.append(f"{name}: sha256 expected {expected}, actual {actual}")
        if len(content) != wanted[name]["bytes"]:
            faults.append(f"{name}: bytes expected {wanted[name]['bytes']}, actual {len(content)}")
    if faults:
        msg = "; ".join([*faults, "reinstall the package, or run `make data` to rebuild"])
        raise DataError(msg)
    return sorted(wanted)
