"""Measures what BENCHMARKS.md reports and writes it there: `make bench`, or `python -m benchmarks start`.

A section named alone may be followed by options of its own (`python -m benchmarks lines --help`). What was measured
with options is a quick look and only printed; `--write` among them writes it too.
"""

from __future__ import annotations

import sys

from benchmarks import hostile, lines, page, rail, sea, start, tracks
from benchmarks.report import write

SECTIONS = {
    "start": start.section,
    "page": page.section,
    "lines": lines.section,
    "hostile": hostile.section,
    "rail": rail.section,
    "sea": sea.section,
    "tracks": tracks.section,
}
WITH_OPTIONS = {"hostile", "lines"}


def main() -> None:
    """Run the sections named on the command line, or all of them."""
    first = next((place for place, word in enumerate(sys.argv) if word.startswith("-")), len(sys.argv))
    names, options = sys.argv[1:first], sys.argv[first:]
    unknown = [name for name in names if name not in SECTIONS]
    if unknown:
        msg = f"{', '.join(unknown)}: no such section; there are {', '.join(SECTIONS)}"
        raise SystemExit(msg)
    if options:
        _with_options(names, options)
        return
    for name in names or SECTIONS:
        write(name, SECTIONS[name]())


def _with_options(names: list[str], options: list[str]) -> None:
    if len(names) != 1 or names[0] not in WITH_OPTIONS:
        msg = f"options belong to one section that has some: {', '.join(sorted(WITH_OPTIONS))}"
        raise SystemExit(msg)
    kept = [one for one in options if one != "--write"]
    text = SECTIONS[names[0]](kept)
    if kept == options:
        print(text)
    else:
        write(names[0], text)


if __name__ == "__main__":
    main()
