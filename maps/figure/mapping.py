"""One map in its window: basemap, routes, marks, names and what helps to read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maps.figure import basemap, furniture, lines, marks
from maps.figure.labels import Labels
from maps.figure.room import Room

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maps.figure.canvas import Canvas
    from maps.figure.frame import Frame
    from maps.figure.lines import Run
    from maps.figure.scene import Scene

_EDGE_MM = 0.4


def draw_map(
    canvas: Canvas, scene: Scene, frame: Frame, runs: Sequence[Run], page: dict[str, Any], *, size: float, helps: bool
) -> None:
    """Draw a map.

    Parameters
    ----------
    canvas
        The paper.
    scene
        What is shown.
    frame
        The window.
    runs
        The lines in it.
    page
        What `basemap.select` gave for it.
    size
        Of a stop's name, in points.
    helps
        Whether scale bar and north stand in it.
    """
    room = Room(frame.box.grown(-_EDGE_MM))
    basemap.draw(canvas, frame, page)
    lines.draw(canvas, frame, runs)
    for run in runs:
        if not run.look.under:
            for part in lines.visible(run, frame.box):
                room.add_line(part)
    starred = marks.draw_events(canvas, scene, frame, room)
    marked = marks.draw_stops(canvas, marks.stops(scene, frame), room, starred)
    marks.draw_badges(canvas, runs, frame.box, room)
    if helps:  # after the signs, which stand where they must
        furniture.scale_bar(canvas, frame, room, language=scene.language, size=size)
        furniture.north(canvas, frame, room, language=scene.language, size=size)
    labels = Labels(canvas, frame, room, language=scene.language, size=size)
    labels.stops(marked, starred)
    labels.base(page)
    canvas.rectangle(frame.box, "none", edge="#75726c", width=0.2)
