"""sources.json: ids, and links that lead where a reader would want to go."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from routes import schema
from routes.findings import Finding, fault, warning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from routes.folder import RawCase

_FILE = "sources.json"
_LINKS = ("URL", "archived")
_SCHEMES = frozenset({"http", "https"})
_DOI = re.compile(r"(doi:)?10\.\d{4,9}/\S+", re.IGNORECASE)
_SHA256 = re.compile(r"[0-9a-f]{64}")


def check_sources(raw: RawCase, *, faults_only: bool = False) -> list[Finding]:
    """Return the findings on `sources.json`; rows count from 0, as in the array."""
    findings: list[Finding] = []
    seen: dict[str, int] = {}
    for number, item in enumerate(raw.sources):
        if not isinstance(item, dict):
            findings.append(fault(_FILE, number, "", str(item), "is not an object", "export it as CSL JSON"))
            continue
        name = item.get("id")
        if not isinstance(name, str) or schema.ID.fullmatch(name) is None:
            remedy = "use lower-case letters, digits and hyphens"
            findings.append(fault(_FILE, number, "id", str(name), "is not an id", remedy))
        elif name in seen:
            problem = f"stands already at [{seen[name]}]"
            findings.append(fault(_FILE, number, "id", name, problem, "give every source an id of its own"))
        else:
            seen[name] = number
        findings += [*_keys(number, item), *_links(number, item)]
        if not faults_only:
            findings += _issued(number, item)
    return findings


def _keys(number: int, item: dict[str, object]) -> Iterator[Finding]:
    """Yield a fault for a key that no header of a table could hold as it is."""
    for key in item:
        if key != key.strip() or not key:
            problem = "is a key with white space around it" if key.strip() else "is a key without a name"
            yield fault(_FILE, number, key, "", problem, "name the key, without white space around it")


def is_link(text: str) -> bool:
    """Return whether a text is a link that Waybill follows: http, https or a DOI."""
    if _DOI.fullmatch(text):
        return True
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in _SCHEMES and bool(parts.netloc) and text.isprintable() and " " not in text


def _issued(number: int, item: dict[str, object]) -> Iterator[Finding]:
    from routes.citations import issued  # noqa: PLC0415 - citations need to know what a link is

    if item.get("issued") is not None and issued(item) is None:
        problem = "is no date that can be read; the source is shown as undated"
        remedy = 'write {"date-parts": [[2022, 11, 2]]}'
        yield warning(_FILE, number, "issued", str(item["issued"]), problem, remedy)


def _links(number: int, item: dict[str, object]) -> Iterator[Finding]:
    for key in _LINKS:
        value = item.get(key)
        if value is not None and not (isinstance(value, str) and is_link(value)):
            remedy = "give an http, https or doi link, or leave it out"
            yield fault(_FILE, number, key, str(value), "is not a link that can be followed", remedy)
    doi = item.get("DOI")
    if doi is not None and not (isinstance(doi, str) and (_DOI.fullmatch(doi) or is_link(doi))):
        yield fault(_FILE, number, "DOI", str(doi), "is not a DOI", "write it as 10.1234/abc")
    digest = item.get("sha256")
    if digest is not None and not (isinstance(digest, str) and _SHA256.fullmatch(digest)):
        yield fault(_FILE, number, "sha256", str(digest), "is not a SHA-256", "write 64 hexadecimal digits")
