"""The map page as a folium map: everything folium can add to a map can be added to it."""

import os
import warnings
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

import folium
import numpy as np
from branca.element import Figure
from numpy.typing import NDArray

from geodata import basemap as natural_earth
from geodata import polyline
from maps import assets, manifest, page
from maps.compose import children_kept, page_from_figure
from maps.escape import html_text, json_text
from maps.output import write_whole
from maps.state import IgnoredStateWarning, State
from maps.version import GENERATOR

if TYPE_CHECKING:
    from maps.dense import Packed
    from routes.case import Case

DEFAULT_TITLE: Final = "Map"
START_ZOOM: Final = 2
BASEMAP_BYTES: Final = 402_000  # less than a third of the page, which is to stay under 1.5 MB with the built-in case
FRAME_HEIGHT: Final = "640px"  # a notebook gives a frame no height of its own

_NO_CASE: Final[Mapping[str, Any]] = {
    "version": 1,
    "generator": GENERATOR,
    "case": {"id": "", "title": ""},
    "view": {"on": [], "bounds": None},
    **{name: [] for name in ("layers", "routes", "places", "events", "claims", "parties", "sources", "credits")},
}

Bounds = list[list[float | None]]


class OnlineContentWarning(UserWarning):
    """An added element makes the page load something from elsewhere, or asks for what cannot be loaded."""


class PageFigure(Figure):
    """The root of a route map; renders to the finished page."""

    def __init__(self, route_map: "RouteMap") -> None:
        super().__init__(height=FRAME_HEIGHT)
        self.route_map = route_map
        self.add_child(route_map)

    def render(self, **kwargs: object) -> str:
        """Write the page; the same map gives the same text however often it is asked.

        Parameters
        ----------
        **kwargs
            Passed to the elements, as folium does.

        Returns
        -------
        str
            One HTML document that needs no other file.

        Warns
        -----
        OnlineContentWarning
            If an added element makes the page load something from elsewhere.

        Raises
        ------
        ValueError
            If the data holds something that JSON cannot carry.
        FileNotFoundError
            If Leaflet's package or a file of our own is missing.
        """
        return page.write(self._finished(**kwargs))

    def _finished(self, **kwargs: object) -> page.Page:
        with children_kept(self):
            for child in list(self._children.values()):
                child.render(**kwargs)
            finished = page_from_figure(self, **kwargs)
        for state, phrases in (("no longer offline", finished.needs.online()), ("incomplete", finished.needs.refused)):
            if phrases:
                warnings.warn(f"the page is {state}: {'; '.join(phrases)}", OnlineContentWarning, stacklevel=3)
        return finished

    def save(self, outfile: str | bytes | Path | BinaryIO, close_file: bool = True, **kwargs: object) -> None:
        """Write the page to a file; a file that stood there stays whole if that fails.

        Parameters
        ----------
        outfile
            Path, or a file open for bytes.
        close_file
            Whether an open file is closed afterwards.
        **kwargs
            Passed to `render`.

        Raises
        ------
        OSError
            If the file cannot be written.
        """
        content = b"".join(manifest.encoded(piece) for piece in page.pieces(self._finished(**kwargs)))
        if isinstance(outfile, str | bytes | Path):
            write_whole(Path(os.fsdecode(outfile)), content)
            return
        outfile.write(content)
        if close_file:
            outfile.close()

    def _repr_html_(self, **kwargs: object) -> str:
        """Show the page in a notebook, in a frame of its own."""
        return assets.template("frame.html").substitute(
            page=html_text(self.render(**kwargs)),
            title=html_text(self.title or self.route_map.title),
            width=html_text(self.width),
            height=html_text(self.route_map.frame_height or self.height or FRAME_HEIGHT),
        )


class RouteMap(folium.Map):
    """A map of a case: routes, evidence and basemap in one page that needs no network.

    Parameters
    ----------
    case
        A case; without it and without `payload` the map has only its basemap.
    known
        Day up to which claims count, as a date or in ISO 8601; None for all.
    by
        Ids of the parties whose claims count; None for all.
    payload
        The page's data, ready made, instead of `case`.
    packed
        The routes of `payload` as `maps.explore` packs many lines; its own list of routes is then empty.
    state
        How the page opens, as a `State` or its text. Unlike `known` and `by` it takes nothing from the page.
    basemap
        True for the built-in one, False for none, or the data of another.
    title
        Title of the page; by default the case's.
    **kwargs
        As for `folium.Map`. `tiles` is None unless given, so that nothing is loaded from the network.

    Raises
    ------
    ValueError
        If both a case and a payload are given.

    Warns
    -----
    IgnoredStateWarning
        If a part of the state is not understood or names what the case does not have; the page says so too.

    Examples
    --------
    >>> import folium
    >>> empty = RouteMap(basemap=False, title="Nothing yet")
    >>> _ = folium.Marker((42.4, 130.6)).add_to(empty)
    >>> empty.get_bounds()
    [[42.4, 130.6], [42.4, 130.6]]
    """

    def __init__(
        self,
        case: "Case | None" = None,
        *,
        known: date | str | None = None,
        by: Sequence[str] | None = None,
        payload: Mapping[str, Any] | None = None,
        packed: "Packed | None" = None,
        state: State | str | None = None,
        basemap: bool | Mapping[str, Any] = True,
        title: str | None = None,
        **kwargs: Any,  # noqa: ANN401 - whatever folium.Map takes
    ) -> None:
        if case is not None and payload is not None:
            msg = "a RouteMap takes a case or a payload, not both; leave one out"
            raise ValueError(msg)
        super().__init__(**({"tiles": None} | kwargs))
        # lists of its own, because folium's add_js_link would otherwise change every later map; the
        # page brings what folium would link here
        self.default_js = []
        self.default_css = []
        # folium gives these to its tile layer only
        self.options |= {name: kwargs[name] for name in ("min_zoom", "max_zoom") if name in kwargs}
        text = _state_text(state, case)
        self.payload = _payload(case, known=known, by=by, state=text) if payload is None else _opening(payload, text)
        # now and not when it is saved: the frames of a case can be changed in between
        self.inputs = manifest.inputs_of(case, self.payload)
        self.packed = packed
        self.basemap = basemap
        self.title = title or (self.payload.get("case") or {}).get("title") or DEFAULT_TITLE
        self._has_location = kwargs.get("location") is not None
        if not self._has_location:
            # folium's 1 lies under the least zoom of the page, which would start with a correction
            self.options["zoom"] = max(START_ZOOM, kwargs.get("min_zoom") or 0)
        PageFigure(self)

    def render(self, **kwargs: object) -> None:  # type: ignore[override]  # as folium's elements do
        """Render into the figure, as folium's elements do; `get_root().render()` gives the page.

        Parameters
        ----------
        **kwargs
            Passed to the elements.

        Raises
        ------
        TypeError
            If the map was put into a figure that is not its own.
        """
        if not isinstance(self.get_root(), PageFigure):
            msg = (
                f"a RouteMap is a page of its own and cannot be drawn inside a {type(self.get_root()).__name__}; "
                "for another size pass width= and height= to RouteMap"
            )
            raise TypeError(msg)
        super().render(**kwargs)  # type: ignore[no-untyped-call]

    def save(self, outfile: str | bytes | Path | BinaryIO, close_file: bool = True, **kwargs: object) -> None:
        """Write the page to a file; a file that stood there stays whole if that fails.

        Parameters
        ----------
        outfile
            Path, or a file open for bytes.
        close_file
            Whether an open file is closed afterwards.
        **kwargs
            Passed to the elements.

        Raises
        ------
        OSError
            If the file cannot be written.
        """
        self.get_root().save(outfile, close_file=close_file, **kwargs)

    @property
    def keeps_view(self) -> bool:
        """Whether somebody chose the first view, by a location or by fitting bounds."""
        fitting = (folium.FitBounds, folium.FitOverlays)
        return self._has_location or any(isinstance(child, fitting) for child in self._children.values())

    @property
    def frame_height(self) -> str | None:
        """Height of a frame that holds the map, if the map has a fixed one."""
        height, unit = self.height
        return f"{height:g}px" if unit == "px" else None

    @cached_property
    def lines(self) -> list[NDArray[np.float64]]:
        """Lines of the routes, each an array of lon, lat in degrees; longitudes may pass 180. Of many, some."""
        if self.packed is not None:
            return self.packed.near
        legs = (leg for route in self.payload.get("routes") or () for leg in route.get("legs") or ())
        return [polyline.decode(leg["line"]) for leg in legs if leg.get("line")]

    @cached_property
    def basemap_data(self) -> Mapping[str, Any] | None:
        """The basemap with detail along the lines, as `geodata.basemap.basemap` gives it; None without one."""
        if self.basemap is True:
            return natural_earth.basemap(self.lines, budget_bytes=BASEMAP_BYTES)
        return self.basemap or None

    @cached_property
    def basemap_json(self) -> str | None:
        """The basemap as it stands in the page; None without one."""
        return json_text(self.basemap_data, block="waybill-basemap") if self.basemap_data else None

    def _get_self_bounds(self) -> Bounds:
        if self.packed is not None:
            west, south, east, north = self.packed.bounds
            return [[south, west], [north, east]]
        if not self.lines:
            return [[None, None], [None, None]]
        points = np.concatenate(self.lines)
        west, south = points.min(axis=0).tolist()
        east, north = points.max(axis=0).tolist()
        return [[south, west], [north, east]]


def _state_text(state: State | str | None, case: "Case | None") -> str | None:
    """Return the canonical text of a state, with a warning about what of it is ignored."""
    if state is None:
        return None
    state = State.parse(state) if isinstance(state, str) else state
    if complaints := state.complaints(case):
        warnings.warn("\n".join(complaints), IgnoredStateWarning, stacklevel=3)
    # names that the case does not have stay in, so that the page notes them where its reader sees it
    return state.encode()


def _opening(payload: Mapping[str, Any], state: str | None) -> Mapping[str, Any]:
    """Return a ready payload that opens at a state."""
    return payload if state is None else {**payload, "view": {**(payload.get("view") or {}), "state": state}}


def _payload(
    case: "Case | None", *, known: date | str | None, by: Sequence[str] | None, state: str | None
) -> Mapping[str, Any]:
    if case is None:
        empty = {**_NO_CASE, "known": None if known is None else str(known), "by": None if by is None else list(by)}
        return _opening(empty, state)
    from maps.payload import payload  # noqa: PLC0415 - a ready payload needs none of its imports

    return payload(case, known=known, by=by, state=state)
