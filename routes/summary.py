"""A case in a notebook, in a few lines of HTML."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from routes.case import Case

_COUNTED: Final = {"routes": "route_table", "legs": "leg_table"} | {
    name: name for name in ("places", "events", "claims", "parties", "sources")
}
_UNWRITABLE: Final = re.compile("[\x00\ud800-\udfff]")


def html_summary(case: Case) -> str:
    """Return title, date, counts and layers of a case as HTML.

    Parameters
    ----------
    case
        The case; its lines are not built for this.

    Returns
    -------
    str
        HTML without ids, styles or scripts; every text in it is escaped.

    Raises
    ------
    None
        Missing values are left out.
    """
    counts = [(name, len(getattr(case, attribute))) for name, attribute in _COUNTED.items()]
    meta = case.meta
    about = ", ".join(str(meta[key]) for key in ("updated", "licence") if meta.get(key))
    heads = "".join(f'<th scope="col">{name}</th>' for name, _ in counts)
    cells = "".join(f"<td>{count}</td>" for _, count in counts)
    return "\n".join(
        [
            "<div>",
            f"<p><strong>{_text(meta.get('title') or case.name)}</strong> ({_text(about)})</p>",
            f"<table><thead><tr>{heads}</tr></thead><tbody><tr>{cells}</tr></tbody></table>",
            *_layers(case),
            "<p>Draw it with <code>maps.RouteMap(case)</code>.</p>",
            "</div>",
        ]
    )


def _layers(case: Case) -> list[str]:
    if case.layers.empty:
        return []
    items = "".join(f"<li>{_text(title)}</li>" for title in case.layers["title"])
    return [f"<details><summary>{len(case.layers)} layers</summary><ul>{items}</ul></details>"]


def _text(value: object) -> str:
    return html.escape(_UNWRITABLE.sub("\ufffd", str(value)))
