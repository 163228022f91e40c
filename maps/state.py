"""The state of the page as one string: in the URL fragment, in `--state`, and here.

`v=1&z=6.0&c=42.4,130.6&on=a,b&known=2024-02-29&from=2022-09&to=2024-03&by=us,rok&sel=e22&lang=ko`. The same rules stand
in `maps/static/state.js`; `tests/vectors/state.json` holds both sides to them.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from maps import state_text
from maps.state_text import Note, Notes

if TYPE_CHECKING:
    from datetime import date

    from routes.case import Case


class IgnoredStateWarning(UserWarning):
    """A part of a state is not understood, or names something that the case does not have."""


@dataclass(frozen=True, slots=True)
class State:
    """How a page opens. None means: as the case's `[view]` says.

    Parameters
    ----------
    zoom
        Zoom level, 0 to 24.
    centre
        Latitude and longitude in degrees, in this order, as the string has them; longitudes may pass 180.
    on
        Ids of layers or groups of layers that are on; empty means none.
    known
        Day (or month or year, of which the last day counts) up to which claims count; `all` for everything on record.
    start, end
        Window over what happened: day, month or year, both included; `all` for no limit.
    by
        Parties (ids or groups) whose claims count; empty means everyone.
    selected
        Id of an event, route or place.
    language
        `en`, `ko`, `ru` or `zh`.
    notes
        What `parse` ignored. Not compared.

    Raises
    ------
    ValueError
        If a value is not as described.

    Examples
    --------
    >>> State(zoom=6, on=("cover-routes",), known="2022-11").encode()
    'v=1&z=6.0&on=cover-routes&known=2022-11'
    >>> State.parse("#known=2024-02&x=1").known_day
    datetime.date(2024, 2, 29)
    """

    zoom: float | None = None
    centre: tuple[float, float] | None = None
    on: tuple[str, ...] | None = None
    known: str | None = None
    start: str | None = None
    end: str | None = None
    by: tuple[str, ...] | None = None
    selected: str | None = None
    language: str | None = None
    notes: tuple[Note, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        for name in state_text.LISTS:
            value = getattr(self, name)
            if isinstance(value, list):
                object.__setattr__(self, name, tuple(value))
        for name, is_good in state_text.CHECKS.items():
            value = getattr(self, name)
            if value is not None and not is_good(value):
                msg = f"{value!r} cannot be the {name} of a state; {state_text.REMEDIES[name]}"
                raise ValueError(msg)
        if state_text.is_backwards(self.start, self.end):
            msg = f"the window from {self.start!r} to {self.end!r} ends before it begins; swap them"
            raise ValueError(msg)

    @classmethod
    def parse(cls, text: str) -> State:
        """Return the state that a text stands for; what is not understood is left out and noted.

        Parameters
        ----------
        text
            The string, with or without the `#`. A key that comes twice takes the last value.

        Returns
        -------
        State
            With `notes` that say what was ignored and why.

        Raises
        ------
        None
            Whatever the text holds.
        """
        notes = Notes()
        if len(text) > state_text.MAX_CHARACTERS:
            notes.add("", "", "too-long")
            return cls(notes=tuple(notes.found))
        values = state_text.split(text.strip(state_text.SPACE), notes)
        found = {name: value for name, value in state_text.read(values, notes) if value is not None}
        if state_text.is_backwards(found.get("start"), found.get("end")):
            notes.add("from", f"{found.pop('start')}/{found.pop('end')}", "backwards")
        return cls(**found, notes=tuple(notes.found))  # type: ignore[arg-type]  # state_text.read gives each its type

    def encode(self) -> str:
        """Return the canonical text, without `#`: keys in a fixed order, only what is set.

        Raises
        ------
        None
            A state that exists can be written.
        """
        texts = {
            "v": state_text.VERSION,
            "z": None if self.zoom is None else state_text.zoom_text(self.zoom),
            "c": None if self.centre is None else state_text.centre_text(self.centre, self.zoom),
            "on": state_text.joined(self.on),
            "known": self.known,
            "from": self.start,
            "to": self.end,
            "by": state_text.joined(self.by),
            "sel": self.selected,
            "lang": self.language,
        }
        # every value that passes the checks consists of characters that need no escape
        return "&".join(f"{key}={text}" for key, text in texts.items() if text is not None)

    def resolve(self, case: Case) -> tuple[State, list[str]]:
        """Return the state with only what the case knows, and the names that it does not.

        Parameters
        ----------
        case
            The case. Layers may be groups, parties may be groups.

        Returns
        -------
        State
            A list of which nothing is left counts as missing.
        list of str
            Ignored names, in the order of the string.

        Raises
        ------
        None
            Whatever the state names.
        """
        known_names = {
            "on": set(case.layers["id"]),
            "by": {*case.parties["id"], *(group for groups in case.parties["groups"] for group in groups)},
        }
        ignored: list[str] = []
        changes: dict[str, tuple[str, ...] | None] = {}
        for name, names in known_names.items():
            given: tuple[str, ...] | None = getattr(self, name)
            if given:
                ignored += [slug for slug in given if slug not in names]
                changes[name] = tuple(slug for slug in given if slug in names) or None
        resolved = replace(self, **changes)  # type: ignore[arg-type]  # only the two lists
        things = (case.events, case.route_table, case.places)
        if self.selected is not None and not any((frame["id"] == self.selected).any() for frame in things):
            ignored.append(self.selected)
            resolved = replace(resolved, selected=None)
        return resolved, ignored

    def complaints(self, case: Case | None = None) -> list[str]:
        """Return a sentence for each thing that is ignored: what `parse` noted, and names that the case does not have.

        Parameters
        ----------
        case
            The case; without it only the notes.

        Raises
        ------
        None
            Whatever the state names.
        """
        sentences = [f"state: {note}" for note in self.notes]
        if case is not None:
            sentences += [f"state: {slug!r} is not in the case and was ignored" for slug in self.resolve(case)[1]]
        return sentences

    @property
    def known_day(self) -> date | None:
        """Last day that `known` can mean; None if it is missing or `all`."""
        return state_text.days(self.known)[1]

    @property
    def start_day(self) -> date | None:
        """First day of the window; None if it is missing or `all`."""
        return state_text.days(self.start)[0]

    @property
    def end_day(self) -> date | None:
        """Last day of the window; None if it is missing or `all`."""
        return state_text.days(self.end)[1]
