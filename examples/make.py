"""Make the examples: `python examples/make.py` writes the map, and the report that shows it."""

from __future__ import annotations

from pathlib import Path
from string import Template

import maps
from maps.embedding import frame_id

FOLDER = Path(__file__).parent
MAP = FOLDER / "map.html"


def report(map_file: Path) -> str:
    """Return the example report around a map that stands beside it.

    Parameters
    ----------
    map_file
        The map, as `waybill render` wrote it.

    Raises
    ------
    OSError
        If a file is missing.
    """
    template = Template((FOLDER / "report.in.html").read_text(encoding="utf-8"))
    return template.substitute(
        id=frame_id(map_file), iframe=maps.embed(map_file, sandbox=True), script=maps.embed(form="script")
    )


def main() -> None:
    """Write `map.html`, which is too large to be kept in the repository, and `report.html`."""
    maps.render("dprk-russia", MAP)
    (FOLDER / "report.html").write_text(report(MAP), encoding="utf-8")


if __name__ == "__main__":
    main()
