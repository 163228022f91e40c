"""A case in, a figure out."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from maps.figure import counts, panels, sheet
from maps.figure.asked import SIZE, check_options, kind_of, size_of
from maps.figure.canvas import Canvas
from maps.figure.caption import Texts, alt_of_counts, alt_of_map, sources_of
from maps.figure.credit import credits_of
from maps.figure.extent import extent_of
from maps.figure.fonts import families
from maps.figure.frame import Box, fit
from maps.figure.scene import Scene, lens_of
from maps.figure.texts import clean, name_of
from maps.figure.write import settings, to_bytes
from maps.output import write_whole
from maps.state import IgnoredStateWarning, State
from routes.reading import read_case

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from maps.figure.legend import Shown
    from routes.case import Case


@dataclass(frozen=True)
class Figure:
    """A drawn figure.

    Attributes
    ----------
    canvas
        The sheet; `canvas.written` is every line of text on it with its place, `canvas.figure` the matplotlib figure.
    scenes
        What each map shows.
    shown
        What can be seen on all maps; None for a panel of figures.
    texts
        Alternative text, caption and sources.
    dpi
        For PNG.
    """

    canvas: Canvas
    scenes: tuple[Scene, ...]
    shown: Shown | None
    texts: Texts
    dpi: float

    def save(self, path: str | Path) -> Path:
        """Write the figure, and its alternative text and caption into `PATH.txt`; give the path.

        Parameters
        ----------
        path
            Its ending decides the format: .svg, .pdf or .png.

        Raises
        ------
        ValueError
            If the ending is another.
        OSError
            If the folder is missing or cannot be written.
        """
        import matplotlib as mpl  # noqa: PLC0415 - heavy; only once something is drawn

        path = Path(path)
        kind = kind_of(path)
        language = self.scenes[0].language
        with mpl.rc_context(), warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="Glyph .* missing from font")  # said once by `fonts.families`
            _set(mpl, self.canvas.families)
            content = to_bytes(self.canvas, kind, dpi=self.dpi, texts=self.texts, language=language)
        write_whole(path, content)
        write_whole(path.with_name(path.name + ".txt"), self.texts.as_file(language).encode("utf-8"))
        return path


def figure(  # noqa: PLR0913 - one parameter an option of the command
    case: Case | str | Path,
    path: str | Path | None = None,
    *,
    state: State | str | None = None,
    known: date | str | None = None,
    by: Sequence[str] | None = None,
    size: str = SIZE,
    dpi: float = 300,
    language: str | None = None,
    small_multiples: str | None = None,
    figures_in: str | None = None,
) -> Figure:
    """Return a static figure of a case, and save it if a path is given.

    Parameters
    ----------
    case
        A `Case`, a folder, or the name of a built-in case.
    path
        File to write: .svg, .pdf or .png. `PATH.txt` beside it takes alternative text, caption and sources.
    state
        What is shown, as a `State` or its text: layers, day, window, tellers, and with `c` and `z` the part of the
        map that a page of 1280 x 800 pixels shows beside its panel. None: as the case's page opens.
    known
        Day of which only what was said by then counts; wins over the state's.
    by
        Parties or groups whose claims alone count; wins over the state's.
    size
        Width and height, such as `170x110mm`.
    dpi
        Dots an inch of a PNG.
    language
        `en`, `ko`, `ru` or `zh`; wins over the state's. None: the state's, else the case's.
    small_multiples
        `year` or `party`: one small map for each.
    figures_in
        A unit such as `containers`: instead of a map, the figures in it that are on record, side by side.

    Returns
    -------
    Figure
        With the sheet, its texts, and `save`.

    Raises
    ------
    routes.CaseNotFoundError, routes.CaseFaultsError
        If there is no such case, or it has faults.
    ValueError
        If an option is not understood, or the size leaves no room.

    Warns
    -----
    maps.state.IgnoredStateWarning
        If a part of the state is not understood or names what the case does not have; it is left out.
    maps.figure.fonts.MissingFontWarning
        If no font has a character.

    Examples
    --------
    >>> import maps
    >>> drawn = maps.figure("dprk-russia", known="2022-11-10", size="120x90mm")
    >>> drawn.canvas.width
    120.0
    """
    width, height = size_of(size)
    if path is not None:
        kind_of(Path(path))
    check_options(dpi, width, height, language, small_multiples)
    if isinstance(case, (str, Path)):
        case = read_case(case)
    chosen = _state(case, state, known, by)
    scene = Scene(case, lens_of(case, chosen, language))
    sizes = sheet.sizes_of(width, height)
    if figures_in:
        # the layers that happen to be on at first say nothing of figures; those that were asked for do
        made = _counts(scene, figures_in, sizes, (width, height), only_on=chosen.on is not None)
    else:
        made = _maps(scene, chosen, small_multiples, sizes, (width, height))
    drawn = replace(made, dpi=dpi)
    if path is not None:
        drawn.save(path)
    return drawn


def _state(case: Case, state: State | str | None, known: date | str | None, by: Sequence[str] | None) -> State:
    """Return the state with only what the case knows, `known` and `by` put in."""
    given = State.parse(state) if isinstance(state, str) else state or State()
    for complaint in given.complaints(case):
        warnings.warn(complaint, IgnoredStateWarning, stacklevel=3)
    resolved, _ = given.resolve(case)
    changes: dict[str, object] = {}
    if known is not None:
        changes["known"] = known if isinstance(known, str) else known.isoformat()
    if by is not None:
        changes["by"] = (by,) if isinstance(by, str) else tuple(by)
    return replace(resolved, **changes)  # type: ignore[arg-type]  # only these two


def _set(mpl: object, names: Sequence[str]) -> None:
    """Set matplotlib up for a figure whatever its user's own settings are."""
    mpl.rcdefaults()  # type: ignore[attr-defined]
    mpl.rcParams.update(settings(names))  # type: ignore[attr-defined]


def _maps(
    scene: Scene, state: State, small_multiples: str | None, sizes: sheet.Sizes, size: tuple[float, float]
) -> Figure:
    import matplotlib as mpl  # noqa: PLC0415 - heavy

    made = {None: lambda one: [sheet.Panel(one)], "year": panels.by_year, "party": panels.by_party}[small_multiples](
        scene
    )
    extent = extent_of(scene, state)
    names = families(_letters(scene, made), scene.language)
    with mpl.rc_context(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        _set(mpl, names)
        canvas = Canvas(*size, names, sizes.unit)
        # by party, who tells stands over each map
        dateline = scene.through(by=None).dateline if small_multiples == "party" else scene.dateline
        shown = sheet.draw(canvas, made, extent, sizes, (scene.title, dateline))
    frame = fit(extent, Box(0, 0, 100, 100))
    drawn = [[run.route.id for run in mine] for mine in shown.maps]
    scenes = tuple(panel.scene for panel in made)
    headings = [dateline, *(panel.heading for panel in made)]
    claims = {
        claim
        for panel, ids in zip(made, drawn, strict=True)
        for row in panel.scene.view.routes().to_dict("records")
        if row["route"] in set(ids)
        for claim in row["claims"]
    }
    credit = credits_of(scene, frame, {"attribution": []})
    texts = Texts(
        scene.title, alt_of_map(scenes, headings, drawn), f"{scene.title}. {dateline}. {' '.join(credit)}",
        tuple(sources_of(scene, claims)), tuple(credit),
    )  # fmt: skip
    return Figure(canvas, scenes, shown, texts, 300)


def _counts(scene: Scene, unit: str, sizes: sheet.Sizes, size: tuple[float, float], *, only_on: bool) -> Figure:
    import matplotlib as mpl  # noqa: PLC0415 - heavy

    found = counts.counts_of(scene, unit, only_on=only_on)
    names = families([*_letters(scene, []), *(count.who for count in found)], scene.language)
    with mpl.rc_context(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        _set(mpl, names)
        canvas = Canvas(*size, names, sizes.unit)
        counts.draw(canvas, scene, found, unit, sizes)
    credit = credits_of(scene, None, None)
    lines = [counts.in_words(count, scene.language) for count in found]
    texts = Texts(
        scene.title, alt_of_counts(scene, found, unit, lines), f"{scene.title}. {scene.dateline}. {' '.join(credit)}",
        tuple(sources_of(scene, [count.claim for count in found])), tuple(credit),
    )  # fmt: skip
    return Figure(canvas, (scene,), None, texts, 300)


def _letters(scene: Scene, made: Sequence[sheet.Panel]) -> list[str]:
    """Return the texts that decide which fonts are needed."""
    ends = {end for panel in made for route in panel.scene.routes for leg in route.legs for end in leg.ends}
    names = [name_of(scene.places[end][0], scene.language) for end in sorted(ends) if end in scene.places]
    sample = {"ko": "한글", "zh": "汉字"}.get(scene.language, "")
    meta = scene.case.meta
    return [scene.title, scene.dateline, *names, *(clean(one) for one in meta.get("authors", [])), sample]
