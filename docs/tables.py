"""Writes the tables of `case-format.md` from `routes.schema`: `python docs/tables.py`; a test holds them together."""

from __future__ import annotations

import re
from pathlib import Path

from routes import schema

PAGE = Path(__file__).parent / "case-format.md"
BLOCK = re.compile(r"(<!-- table (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
KINDS = {
    "id": "id", "text": "text", "number": "number", "date": "EDTF date", "word": "one word", "words": "words",
    "ref": "id", "refs": "ids", "names": "names", "codes": "country codes",
}  # fmt: skip


def table(name: str) -> str:
    """Return the Markdown table of one CSV file."""
    lines = ["| column | holds | meaning |", "|---|---|---|"]
    for column in schema.TABLES[name].columns:
        title = f"**{column.name}**" if column.required else column.name
        targets = f" of {' or '.join(_file(target) for target in column.to)}" if column.to else ""
        words = f": {', '.join(f'`{word}`' for word in column.words)}" if column.words else ""
        lines.append(f"| {title} | {KINDS[column.kind]}{targets}{words} | {column.meaning} |")
    return "\n".join(lines) + "\n"


def _file(target: str) -> str:
    return {"layers": "case.toml", "sources": "sources.json", "passages": "`waybill networks sea`"}.get(
        target, f"{target}.csv"
    )


def page(text: str) -> str:
    """Return the page with its tables written anew."""
    return BLOCK.sub(lambda match: f"{match[1]}{table(match[2])}{match[3]}", text)


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
