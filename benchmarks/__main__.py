"""Measures what BENCHMARKS.md reports and writes it there: `make bench`, or `python -m benchmarks start`."""

from __future__ import annotations

import sys

from benchmarks import page, rail, sea, start, tracks
from benchmarks.report import write

SECTIONS = {
    "start": start.section,
    "page": page.section,
    "rail": rail.section,
    "sea": sea.section,
    "tracks": tracks.section,
}


def main() -> None:
    """Run the sections named on the command line, or all of them."""
    for name in sys.argv[1:] or SECTIONS:
        write(name, SECTIONS[name]())


if __name__ == "__main__":
    main()
