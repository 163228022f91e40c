"""The manifest of a page: what it was made from, so that `waybill verify` can say whether it still is.

It stands behind the data blocks of the page. A digest in it covers the page itself and shows damage and careless
changes; whoever changes a page on purpose can write a new one, so that the proof is to render the case again
(`maps.verifying`).
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any, Final

from geodata.registry import sources
from maps import pages
from maps.escape import json_text
from maps.version import VERSION
from routes.writing import folder_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from routes.case import Case

ID: Final = "waybill-manifest"
FORM: Final = 1
"""Version of the manifest's own form."""
OPENING: Final = pages.opening(ID)
PACKAGES: Final = ("branca", "django-js-lib-leaflet", "folium", "geopandas", "numpy", "pyproj", "scipy", "shapely")
"""Packages whose version can change the bytes of a page."""
_UNSET: Final = "0" * 64


def case_digest(files: Mapping[str, str]) -> str:
    """Return the one digest of a case: of what `sha256sum` prints for its files, sorted by name.

    Parameters
    ----------
    files
        Digest of each file by its name in the folder.

    Raises
    ------
    None
        Any names and digests will do.
    """
    return _sha256("".join(f"{files[name]}  {name}\n" for name in sorted(files)))


def inputs_of(case: Case | None, document: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a page is made from.

    Parameters
    ----------
    case
        The case; None for a page that was not made from one, such as that of `maps.explore`.
    document
        The page's document, which says how the case was cut and where the page opens.

    Returns
    -------
    dict
        Plain data: version of Waybill, digests of the case's files (as they are, or would be written), how it was cut,
        the packaged data by the first 16 digits of each file's digest, and versions of the packages that matter.

    Raises
    ------
    geodata.registry.DataError
        If the register of the packaged data is damaged.
    """
    made: dict[str, Any] = {"manifest": FORM, "waybill": VERSION}
    if case is not None:
        files = {name: _sha256(text) for name, text in sorted(folder_texts(case).items())}
        made["case"] = {"id": case.name, "sha256": case_digest(files), "files": files}
        cut, view = document.get("cut") or {}, document.get("view") or {}
        made["asked"] = {"known": cut.get("known"), "by": cut.get("by"), "state": view.get("state")}
    return {**made, "data": dict(data_versions()), "packages": dict(package_versions())}


@lru_cache(maxsize=1)
def data_versions() -> tuple[tuple[str, str], ...]:
    """Return the packaged data files, each with the first 16 digits of its digest."""
    return tuple(sorted((str(entry["file"]), str(entry["sha256"])[:16]) for entry in sources()))


@lru_cache(maxsize=1)
def package_versions() -> tuple[tuple[str, str], ...]:
    """Return the versions of `PACKAGES` as installed; a package without metadata is left out."""
    found = []
    for name in PACKAGES:
        try:
            found.append((name, version(name)))
        except PackageNotFoundError:  # put together by hand, as some distributions do
            continue
    return tuple(found)


def signed(pieces: Iterable[str], inputs: Mapping[str, Any], end: str) -> Iterator[str]:
    """Yield a page with its manifest in its place.

    Parameters
    ----------
    pieces
        The page up to the manifest.
    inputs
        As `inputs_of` gives them.
    end
        The page after the manifest.

    Yields
    ------
    str
        The pieces, the manifest with the digest of the whole page (in which it counts as zeros itself), the end.

    Raises
    ------
    ValueError
        If the inputs have no JSON form.
    """
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(encoded(piece))
        yield piece
    before, after = _block(inputs, _UNSET), f"{pages.CLOSING}{end}"
    digest.update(encoded(before + after))
    yield _block(inputs, digest.hexdigest())
    yield after


def unset(block: str, digest: str) -> str:
    """Return the text of a manifest as it counts towards the digest of the page.

    Parameters
    ----------
    block
        The JSON.
    digest
        What it gives as the digest of the page.

    Raises
    ------
    None
        A block without that digest stays as it is.
    """
    return block.replace(digest, _UNSET, 1)


def encoded(text: str) -> bytes:
    """Return a text as it stands in the file: halves of characters, which no file can hold, become `?`."""
    return text.encode("utf-8", "replace")


def _block(inputs: Mapping[str, Any], digest: str) -> str:
    return OPENING + json_text({"page": digest, **inputs}, block=ID)


def _sha256(text: str) -> str:
    # a case in memory can hold half a character, which `Case.write` refuses
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
