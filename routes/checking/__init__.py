"""Checking a case: every fault at once, each with file, row, column, value and remedy. Nothing is changed.

Values first, then references between tables, then what only makes sense once these hold: geography.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from routes import limits
from routes.case import Case, case_from_raw
from routes.checking.geography import check_geography
from routes.checking.layers import check_layers
from routes.checking.meanings import check_meanings
from routes.checking.references import check_references
from routes.checking.sources import check_sources
from routes.checking.values import check_values
from routes.findings import fault

if TYPE_CHECKING:
    from routes.findings import Finding
    from routes.folder import RawCase

_ORDER = (
    "case.toml",
    "places.csv",
    "routes.csv",
    "legs.csv",
    "events.csv",
    "claims.csv",
    "parties.csv",
    "measures.csv",
)


def examine(raw: RawCase, *, faults_only: bool = False) -> tuple[list[Finding], Case | None]:
    """Return every finding of a raw case, and the case itself if its cells can be read.

    Parameters
    ----------
    raw
        The case as read from a folder or written from memory.
    faults_only
        Leave out warnings and the work that only they need.

    Returns
    -------
    findings
        Sorted by file and line.
    case
        None if a cell or a reference is at fault.
    """
    findings = [*raw.faults, *check_layers(raw), *check_sources(raw, faults_only=faults_only), *check_values(raw)]
    findings += check_references(raw)
    case = None
    if not any(finding.is_fault for finding in findings):
        case = case_from_raw(raw)
        findings += check_meanings(raw, case, faults_only=faults_only)
        named = {(finding.file, finding.row) for finding in findings if finding.is_fault}
        lines = check_geography(raw, case, faults_only=faults_only)
        findings += [finding for finding in lines if (finding.file, finding.row) not in named]
    if faults_only:
        findings = [finding for finding in findings if finding.is_fault]
    return _listed(findings), case


def _listed(findings: list[Finding]) -> list[Finding]:
    """Return findings in the order of their files; if they are too many, faults first, and of these whole files."""
    most = limits.FINDINGS.value
    if len(findings) <= most:
        return sorted(findings, key=_place)
    kept = sorted(findings, key=lambda finding: not finding.is_fault)[:most]  # those met while reading come first
    remedy = limits.FINDINGS.remedy("mend these first, then check again")
    more = fault("case.toml", None, "", "", f"belongs to a case with more than {limits.FINDINGS}", remedy)
    return [more, *sorted(kept, key=_place)]


def check_raw(raw: RawCase, *, faults_only: bool = False) -> list[Finding]:
    """Return every finding of a raw case; see `examine`."""
    return examine(raw, faults_only=faults_only)[0]


def check_frames(case: Case) -> list[Finding]:
    """Return every finding of a case in memory: those of the files it would be written to, and of its frames."""
    from routes.contract import FRAMES, UNIQUE, breaches  # noqa: PLC0415 - pandera is slow to load
    from routes.writing import raw_from_case, unwritable  # noqa: PLC0415 - only a case in memory needs to be written

    raw = raw_from_case(case)
    findings = [*check_raw(raw), *unwritable(case)]
    named = {(finding.file, finding.column, row) for finding in findings for row in (finding.row, None)}
    for breach in breaches(case):
        table = FRAMES[breach.frame]
        row = None if breach.position is None else _line(raw, table.name, breach.position)
        if (table.file, breach.column, None if breach.problem == UNIQUE else row) not in named:
            findings.append(fault(table.file, row, breach.column, breach.value, breach.problem, breach.remedy))
    return sorted(findings, key=_place)


def _line(raw: RawCase, table: str, position: int) -> int:
    """Return the line of a row of a frame in the file that it would be written to."""
    lines = raw.tables[table].lines
    return lines[position] if position < len(lines) else position + 2


def _place(finding: Finding) -> tuple[int, str, int]:
    rank = _ORDER.index(finding.file) if finding.file in _ORDER else len(_ORDER)
    return (rank, finding.file, finding.row or 0)
