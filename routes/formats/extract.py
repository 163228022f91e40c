"""What every export says, whatever its format: routes, events and claims with status, denials and citations."""

from __future__ import annotations

from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any, Final

from routes import schema
from routes.citations import citation, links
from routes.dates import in_words
from routes.formats.cutting import Lens, cut_case, view_of
from routes.frames import records
from routes.geometry import for_files, network_credits

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from shapely import LineString, MultiLineString

    from routes.case import Case

ASPECTS: Final = ("occurrence", "movement", "cargo", "destination")
UNSHOWN: Final = "not shown"
"""Status of a route that is on record but not drawn, such as a bridge that no longer stands."""
PART: Final = "This is a part of the case: what the lens leaves out is not in this file."


def generator() -> str:
    """Return the words that name the program and its version."""
    try:
        return f"Waybill {version('waybill-maps')}"
    except PackageNotFoundError:  # a checkout that was never installed
        return "Waybill 0+unknown"


class Extract:
    """A case through a lens, as rows that carry their status, denials and citations.

    Parameters
    ----------
    case
        A checked case.
    lens
        What the file is cut to.
    whole
        Keep what the case holds and nobody speaks of, if the lens is open: for files that hold the case itself.

    Attributes
    ----------
    case
        The case as cut; the given one if nothing is cut.

    Raises
    ------
    ValueError
        If a day or a party of the lens is not understood.
    """

    def __init__(self, case: Case, lens: Lens, *, whole: bool = False) -> None:
        self.view = view_of(case, lens)
        self.lens = lens
        self.case = case if whole and lens.is_open else cut_case(case, lens)

    @cached_property
    def about(self) -> dict[str, str]:
        """What a reader must know of the file: where it is from, as known on which day, under which licence."""
        meta = self.case.meta
        view = self.view
        networks = network_credits(records(self.case.legs))
        window = [day.isoformat() if day else ".." for day in (view.start, view.end)]
        said = {
            "case": self.case.name,
            "title": meta["title"],
            "summary": meta.get("summary") or "",
            "as_known_on": view.known.isoformat() if view.known else f"everything on record, {meta['updated']}",
            "as_told_by": ", ".join(view.by) if view.by is not None else "everyone",
            "happened": "" if window == ["..", ".."] else "/".join(window),
            "layers": "" if self.lens.on is None else ", ".join(self.lens.on),
            "cut": PART if schema.CUT in meta else "",
            "authors": ", ".join(meta.get("authors", [])),
            "licence": meta["licence"],
            "disclaimer": meta.get("disclaimer") or "",
            "networks": " ".join(networks),
            "statuses": "derived from the claims, never typed in; a denial never lowers one and stands beside it",
            "made_with": generator(),
        }
        return {key: str(value) for key, value in said.items() if value}

    @cached_property
    def parties(self) -> dict[str, str]:
        """Names of parties by id."""
        return dict(zip(self.case.parties["id"], self.case.parties["name"], strict=True))

    def party_names(self, ids: Iterable[str]) -> str:
        """Return the names of some parties as one text."""
        return "; ".join(self.parties.get(one, one) for one in ids)

    @cached_property
    def citations(self) -> dict[str, dict[str, str]]:
        """Citation of each source by id: citation, url, archived."""
        found = {}
        for source in records(self.case.sources):
            url, archived = links(source)
            found[source["id"]] = {"citation": citation(source), "url": url or "", "archived": archived or ""}
        return found

    @cached_property
    def layer_paths(self) -> dict[str, str]:
        """Titles of each layer and those above it, such as `Rail link / Track`, by id."""
        rows = {row["id"]: row for row in records(self.case.layers)}
        paths = {}
        for name in rows:
            titles: list[str] = []
            at = name
            while at in rows:
                titles.insert(0, rows[at]["title"])
                at = rows[at]["parent"]
            paths[name] = " / ".join(titles)
        return paths

    @cached_property
    def claims(self) -> dict[str, dict[str, Any]]:
        """Claims by id, in the order in which they were made, with the citations of their sources."""
        rows = {row["id"]: row for row in records(self.case.claims)}
        ordered = [claim.id for claim in self.view.claims if claim.id in rows]
        return {name: rows[name] for name in dict.fromkeys([*ordered, *rows])}

    def claim_words(self, row: Mapping[str, Any]) -> str:
        """Return who says what, when, on what evidence."""
        when = in_words(row["asserted_on"]) if row["asserted_on"] else "undated"
        evidence = ", ".join(word for word in row["evidence"] if word != "none")
        shown = f" [{evidence}]" if evidence else ""
        unverified = " (unverified, not counted)" if row["verified"] == "no" else ""
        head = f"{self.parties.get(row['party'], row['party'])} {row['stance']} {', '.join(row['about'])}"
        return f"{when}: {head}{shown}: {row['statement']}{unverified}"

    def cited(self, claims: Iterable[str]) -> str:
        """Return the citations of some claims, one a line, with their links."""
        ids = dict.fromkeys(source for claim in claims for source in self.claims[claim]["sources"])
        found = (self.citations[one] for one in ids if one in self.citations)
        return "\n".join(" ".join(filter(None, [one["citation"], one["url"]])) for one in found)

    @cached_property
    def _route_views(self) -> dict[str, dict[str, Any]]:
        return {row["route"]: row for row in records(self.view.routes())}

    @cached_property
    def routes(self) -> list[dict[str, Any]]:
        """Routes with status, denied_by, events, claims (tuples of ids), length_km and geometry (continuous)."""
        unshown = {"status": UNSHOWN, "denied_by": (), "events": (), "claims": ()}
        return [self._told(row, self._route_views.get(row["id"], unshown)) for row in records(self.case.routes)]

    @cached_property
    def events(self) -> list[dict[str, Any]]:
        """Events with statuses (by aspect), denied_by and claims (tuples of ids)."""
        views = {row["event"]: row for row in records(self.view.events())}
        unshown = {"denied_by": (), "claims": ()}
        rows = [(row, views.get(row["id"], unshown)) for row in records(self.case.events)]
        # apart from the row, whose `cargo` is what was carried
        return [self._told(row, view) | {"statuses": {one: view.get(one) for one in ASPECTS}} for row, view in rows]

    def _told(self, row: dict[str, Any], view: Mapping[str, Any]) -> dict[str, Any]:
        """Return a row with what the view says of it, and only claims and events that are in the file."""
        told = {key: view[key] for key in ("status", "denied_by") if key in view}
        told["claims"] = tuple(claim for claim in view["claims"] if claim in self.claims)
        if "events" in view:
            ids = set(self.case.events["id"])
            told["events"] = tuple(event for event in view["events"] if event in ids)
        return row | told

    @cached_property
    def legs(self) -> dict[str, list[dict[str, Any]]]:
        """Legs by route, in order, with geometry as files have it: within ±180, split at the antimeridian."""
        found: dict[str, list[dict[str, Any]]] = {row["id"]: [] for row in self.routes}
        for leg in sorted(records(self.case.legs), key=lambda leg: leg["seq"]):
            found[leg["route"]].append(leg | {"geometry": for_files(leg["geometry"])})
        return found

    @cached_property
    def places(self) -> list[dict[str, Any]]:
        """Places that have a point."""
        return [row for row in records(self.case.places) if row["lon"] == row["lon"]]

    def statuses(self, event: Mapping[str, Any]) -> str:
        """Return the statuses of an event's aspects as one text."""
        return ", ".join(f"{aspect} {status}" for aspect, status in event["statuses"].items() if status)


def parts_of(line: LineString | MultiLineString) -> list[LineString]:
    """Return the lines of a line."""
    return [part for part in getattr(line, "geoms", [line]) if not part.is_empty]
