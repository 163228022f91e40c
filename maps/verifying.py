"""Whether a page is whole, and whether it comes from a case: by its manifest, and by rendering the case again."""

from __future__ import annotations

import hashlib
import re
import warnings
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from maps import manifest, pages
from maps.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from routes.case import Case

Result = Literal["holds", "differs", "open"]

_DATA: Final = "waybill-data"
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_NAMED: Final = 8  # differences that are listed one by one


class NoManifestError(ValueError):
    """A file is no page of Waybill, or has lost the manifest that says what it was made from."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at.

    Attributes
    ----------
    subject
        `page`, `case`, `data`, `packages`, `document` or `rendering`.
    result
        `holds`; `differs`, which speaks against the page; or `open`: cannot be told here.
    text
        What was found, in one sentence.
    """

    subject: str
    result: Result
    text: str


@dataclass(frozen=True, slots=True)
class Verification:
    """All that was looked at, in order."""

    checks: tuple[Check, ...]

    @property
    def result(self) -> Result:
        """`differs` as soon as anything does; else `open` where anything could not be told; else `holds`."""
        found = {check.result for check in self.checks}
        return "differs" if "differs" in found else "open" if "open" in found else "holds"

    @property
    def holds(self) -> bool:
        """Whether all that was looked at holds; what could not be told does not."""
        return self.result == "holds"


def verify(path: str | Path, case: Case | str | Path | None = None) -> Verification:
    """Check a page against itself and against the case that it is said to be made from.

    Without a case this shows that the page is as it was written: damage and careless changes are found. It does not
    show who wrote it, because whoever changes a page can write its digest anew. With a case the digests of its files
    are compared, and the case is rendered again as the page was: where both come out the same, byte for byte, nobody
    has to be trusted.

    Parameters
    ----------
    path
        A page that `render` or `RouteMap.save` wrote.
    case
        A `Case`, a folder, a file that holds a case, or a built-in name; None checks the page alone.

    Returns
    -------
    Verification
        What holds, what differs, and what could not be told because another version of Waybill, of its data or of a
        package made the page.

    Raises
    ------
    NoManifestError
        If the file has no manifest, one that cannot be read, or more than one.
    ValueError
        If it is no file, or larger than `routes.limits.PAGE`.
    routes.CaseNotFoundError, routes.CaseFaultsError
        If there is no such case, or it has faults.
    OSError
        If the file cannot be read.
    """
    page = _Page(Path(path))
    checks = [_whole(page)]
    if case is not None:
        if isinstance(case, (str, Path)):
            from routes.reading import read_case  # noqa: PLC0415 - a page alone needs none of it

            case = read_case(case)
        checks += _against(page, case)
    return Verification(tuple(checks))


class _Page:
    """A page as it stands in a file, and what it says of itself."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self.content = pages.read_page(path)
        # what is no UTF-8 is changed by this and so differs, as it should
        self.text = self.content.decode("utf-8", "replace")
        counted = self.text.count(manifest.OPENING)
        if counted != 1 or pages.times_named(self.text, manifest.ID) != 1:
            found = "more than one manifest" if counted else "no manifest"
            msg = f"{path.name} has {found}, so nothing can be checked; render it with this version of Waybill"
            raise NoManifestError(msg)
        block = pages.block(self.text, manifest.ID) or slice(0, 0)
        self._before, self._block, self._after = self.text[: block.start], self.text[block], self.text[block.stop :]
        self.inputs = self._read()
        self.digest: str = self.inputs["page"]

    def _read(self) -> dict[str, Any]:
        inputs = pages.parsed(self._block)
        if inputs is None or inputs.get("manifest") != manifest.FORM or not _DIGEST.fullmatch(str(inputs.get("page"))):
            msg = (
                f"{self.name} has a manifest that cannot be read; it is damaged, or a later version of Waybill made it"
            )
            raise NoManifestError(msg)
        return inputs

    def part(self, key: str) -> dict[str, Any]:
        """Return a part of the manifest, empty where it is missing or no mapping."""
        value = self.inputs.get(key)
        return value if isinstance(value, dict) else {}

    @property
    def maker(self) -> str:
        """Version of Waybill that made the page, as it says."""
        return str(self.inputs.get("waybill"))

    @property
    def actual(self) -> str:
        """The digest of the page as it is."""
        unset = manifest.unset(self._block, self.digest)
        return hashlib.sha256(manifest.encoded(self._before + unset + self._after)).hexdigest()


def _whole(page: _Page) -> Check:
    actual = page.actual
    if actual == page.digest:
        return Check("page", "holds", f"is as it was written (by Waybill {page.maker}, it says), sha256 {actual}")
    text = f"was changed after it was written, or is cut off: sha256 {actual}, written with {page.digest}"
    return Check("page", "differs", text)


def _against(page: _Page, case: Case) -> Iterator[Check]:
    made_from = page.part("case")
    if not made_from:
        yield Check("case", "differs", "the page was not made from a case")
        return
    from maps.route_map import RouteMap  # noqa: PLC0415 - folium loads only where a case is rendered

    # the name of a folder is no part of what is compared, but it stands in the page
    case = replace(case, name=str(made_from.get("id")))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a state that names what the case does not have was said at the time
            again = RouteMap(case, **_asked(page))
            rendered = again.get_root().render()
    except ValueError as err:
        yield _files(made_from, manifest.inputs_of(case, {})["case"])
        yield Check("rendering", "differs", f"the case cannot be rendered as the page says it was: {err}")
        return
    yield _files(made_from, again.inputs["case"])
    same_maker = True
    for subject, here in (("data", manifest.data_versions()), ("packages", manifest.package_versions())):
        there = {str(key): str(value) for key, value in page.part(subject).items()}
        names = _differing(there, dict(here))
        same_maker &= not names
        if names:
            yield Check(subject, "open", f"the page says that other versions made it: {_list(names)}")
        else:
            yield Check(subject, "holds", "same versions as installed here")
    yield _document(page.text, rendered)
    yield _rendering(page, rendered, same_maker=same_maker)


def _asked(page: _Page) -> dict[str, Any]:
    """Return how the page says that the case was cut and opened, in the types that these have."""
    asked = page.part("asked")
    by = asked.get("by")
    return {
        "known": None if asked.get("known") is None else str(asked["known"]),
        "by": list(map(str, by)) if isinstance(by, list) else None,
        "state": None if asked.get("state") is None else str(asked["state"]),
    }


def _files(there: Mapping[str, Any], here: Mapping[str, Any]) -> Check:
    files, now = there.get("files"), here.get("files") or {}
    names = _differing(files if isinstance(files, dict) else {}, now)
    if names:
        return Check("case", "differs", f"not the files from which the page was made: {_list(names)}")
    return Check("case", "holds", f"{len(now)} files as they were when the page was made, sha256 {here['sha256']}")


def _document(there: str, here: str) -> Check:
    """Compare the facts that two pages carry, whatever version drew them."""
    if pages.times_named(there, _DATA) != 1:
        return Check("document", "differs", "the id of the data block stands in the page more than once, or not at all")
    ours, theirs = map(_facts, (here, there))
    if ours == theirs:
        return Check("document", "holds", "the data block says what the case says")
    names = [name for key, value in ours.items() for name in _changed(key, theirs.get(key), value)]
    text = f"the data block does not say what the case says: {_list(names or ['keys of its own'])}"
    return Check("document", "differs", text)


def _changed(key: str, there: Any, here: Any) -> list[str]:  # noqa: ANN401 - JSON as it stands in the page
    """Return the names of what differs in one part of two documents: of the rows where it has rows with ids."""
    if there == here:
        return []
    if not (isinstance(there, list) and isinstance(here, list)):
        return [key]
    rows = [{str(row.get("id")): row for row in rows if isinstance(row, dict)} for rows in (there, here)]
    return [f"{key} {name}" for name in sorted({*rows[0], *rows[1]}) if rows[0].get(name) != rows[1].get(name)] or [key]


def _rendering(page: _Page, rendered: str, *, same_maker: bool) -> Check:
    if manifest.encoded(rendered) == page.content:
        return Check("rendering", "holds", "the case rendered again gives the page, byte for byte")
    if same_maker and page.maker == VERSION:
        text = (
            "the case rendered again gives another page: it was changed, or elements, a title or a basemap "
            "were given to it in Python"
        )
        return Check("rendering", "differs", text)
    maker = "the versions above" if page.maker == VERSION else f"Waybill {page.maker}, which the page names,"
    text = f"not proved, and anything may stand in the page: only {maker} could give it again"
    return Check("rendering", "open", text)


def _facts(page: str) -> dict[str, Any]:
    """Return the document of a page without its maker; empty if it has none that can be read."""
    found = pages.block(page, _DATA)
    return {**(pages.parsed(page[found]) or {}), "generator": None} if found else {}


def _differing(there: Mapping[str, Any], here: Mapping[str, Any]) -> list[str]:
    """Return the names that two lists of versions do not agree on, and how."""
    found = []
    for name in sorted({*there, *here}):
        if name not in here:
            found.append(f"{name} is missing here")
        elif name not in there:
            found.append(f"{name} is new")
        elif there[name] != here[name]:
            found.append(f"{name} differs")
    return found


def _list(names: list[str]) -> str:
    more = [f"and {len(names) - _NAMED} more"] if len(names) > _NAMED else []
    return ", ".join([*names[:_NAMED], *more])
