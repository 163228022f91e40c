"""XLSX: the workbook of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routes.formats.derived import derived_grids
from routes.formats.grids import grids_from_texts
from routes.formats.xlsx import write_xlsx
from routes.writing import folder_texts

if TYPE_CHECKING:
    from routes.formats.extract import Extract


def content(extract: Extract) -> bytes:
    """Return the workbook: what it is, statuses and citations first, then one sheet a table, then the hidden files."""
    texts = folder_texts(extract.case)
    return write_xlsx([*derived_grids(extract), *grids_from_texts(texts)], texts)
