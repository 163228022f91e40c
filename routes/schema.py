"""The tables of a case: their columns, what a cell may hold, and what the columns mean.

One description serves reading, checking, writing, the frame contract and the documentation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

ID: Final = re.compile(r"[a-z0-9][a-z0-9-]*")
SEPARATOR: Final = ";"

CellKind = Literal["id", "text", "number", "date", "word", "words", "ref", "refs", "names", "codes"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, what a cell holds and whether it must be filled.

    Attributes
    ----------
    kind
        `id` (key of the table), `text`, `number`, `date` (EDTF), `word`/`words` (of `words`), `ref`/`refs` (ids in
        the tables of `to`), `names` (`ko=…;ru=…`), `codes` (ISO 3166-1 alpha-2). Plural kinds hold tuples.
    to
        Tables that a reference may point into; the first that has the id wins.
    low, high
        Inclusive bounds of a number.
    above
        Bound that a number must exceed.
    """

    name: str
    kind: CellKind = "text"
    meaning: str = ""
    required: bool = False
    words: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    above: float | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a case, `name`.csv: its columns in the order in which Waybill writes them."""

    name: str
    columns: tuple[Column, ...]
    optional: bool = False

    @property
    def file(self) -> str:
        """Name of the file in a case folder."""
        return f"{self.name}.csv"

    def column(self, name: str) -> Column | None:
        """Return the column of that name, or None for a column of the author's own."""
        return next((column for column in self.columns if column.name == name), None)


PLACE_KINDS: Final = (
    "port", "station", "junction", "bridge", "crossing", "settlement", "airport", "depot", "waypoint", "canal",
    "region", "other",
)  # fmt: skip
ROUTE_KINDS: Final = ("infrastructure", "movement", "declared", "precedent", "illustration")
MODES: Final = ("rail", "sea", "road", "air", "river", "unknown")
BASES: Final = ("network", "drawn", "great-circle", "inferred", "notional")
EVENT_KINDS: Final = ("movement", "act", "statement")
STANCES: Final = ("asserts", "observes", "confirms", "denies", "withdraws", "searched", "notes")
ASPECTS: Final = ("occurrence", "movement", "cargo", "destination", "quantity", "path", "attribute")
EVIDENCE: Final = ("none", "imagery", "documents", "physical", "data", "admission")
VERIFIED: Final = ("yes", "derived", "no")
PARTY_KINDS: Final = ("state", "international", "agency", "think-tank", "media", "company", "other")

_VERIFIED = Column("verified", "word", "seen in a published text, computed from one, or background", words=VERIFIED)
_NOTE = Column("note", meaning="what a reader should know besides")

PLACES: Final = Table(
    "places",
    (
        Column("id", "id", "key", required=True),
        Column("name", meaning="name in the case's language", required=True),
        Column("kind", "word", "what stands there", required=True, words=PLACE_KINDS),
        Column("lon", "number", "longitude, degrees east, WGS 84; empty only for a region", low=-180, high=180),
        Column("lat", "number", "latitude, degrees north, WGS 84; empty only for a region", low=-90, high=90),
        Column("names", "names", "names in other languages, `ko=두만강역;ru=Туманган`"),
        Column("country", "codes", "ISO 3166-1 alpha-2; two on a border"),
        Column("precision_m", "number", "uncertainty of the coordinate in metres (as Darwin Core's)", low=0),
        Column("origin", meaning="where the coordinate comes from"),
        Column("locode", meaning="UN/LOCODE"),
        Column("members", "codes", "countries that make up a region"),
        _VERIFIED,
        _NOTE,
    ),
)
ROUTES: Final = Table(
    "routes",
    (
        Column("id", "id", "key", required=True),
        Column("title", meaning="what the route is", required=True),
        Column("layer", "ref", "layer of case.toml that shows it", required=True, to=("layers",)),
        Column("kind", "word", "what sort of line it is", required=True, words=ROUTE_KINDS),
        Column("countries", "codes", "where it may go; a leg that strays is a fault"),
        Column("illustrates", "ref", "event that an illustration belongs to", to=("events",)),
        Column("exists", "date", "when infrastructure exists; drawn only then"),
        _NOTE,
    ),
)
LEGS: Final = Table(
    "legs",
    (
        Column("route", "ref", "route that the leg belongs to", required=True, to=("routes",)),
        Column("seq", "number", "place in the route: a whole number, the first usually 1", required=True, low=0),
        Column("from", "ref", "place where the leg begins", required=True, to=("places",)),
        Column("to", "ref", "place where it ends", required=True, to=("places",)),
        Column("mode", "word", "means of transport", required=True, words=MODES),
        Column("basis", "word", "what the line rests on", required=True, words=BASES),
        Column("gauge_mm", meaning="track gauge; several with `;` on dual-gauge track"),
        Column("via", "refs", "places, or at sea also passages, that the path must pass", to=("places", "passages")),
        Column("avoid", "refs", "passages that a sea leg must not take", to=("passages",)),
        Column("published_km", "number", "length published for exactly this leg, in km", above=0),
        Column("published_source", meaning="source id or free text for that length"),
        _NOTE,
    ),
)
EVENTS: Final = Table(
    "events",
    (
        Column("id", "id", "key", required=True),
        Column("title", meaning="what happened or was said", required=True),
        Column("when", "date", "when it happened (not when it was said)"),
        Column("kind", "word", "something moved, was done, or was said", words=EVENT_KINDS),
        Column("routes", "refs", "routes it concerns", to=("routes",)),
        Column("place", "ref", "place it concerns", to=("places",)),
        Column(
            "layer", "ref", "layer that shows an event with a place and no route; empty: always shown", to=("layers",)
        ),
        Column("related", "refs", "events to read beside it", to=("events",)),
        Column("carrier", meaning="ship or train as named"),
        Column("cargo", meaning="what was carried, as said by those who assert it"),
        Column("declared_cargo", meaning="what the papers said"),
        Column("declared_origin", "refs", "where the papers said it came from", to=("places",)),
        Column("asserted_origin", "refs", "where it is said to have come from", to=("places",)),
        Column("declared_destination", "refs", "where the papers said it goes", to=("places",)),
        Column("asserted_destination", "refs", "where it is said to have gone", to=("places",)),
        Column("not_found", meaning="what was searched for and not found, beginning with when"),
        _VERIFIED,
        _NOTE,
    ),
)
CLAIMS: Final = Table(
    "claims",
    (
        Column("id", "id", "key", required=True),
        Column("event", "refs", "events the claim is about", to=("events",)),
        Column("route", "ref", "or the route it is about", to=("routes",)),
        Column("place", "ref", "or the place it is about", to=("places",)),
        Column("routes", "refs", "the only routes of the event that it speaks of", to=("routes",)),
        Column("party", "ref", "who says so", required=True, to=("parties",)),
        Column("stance", "word", "what the party does", required=True, words=STANCES),
        Column("asserted_on", "date", "when it was said; required unless verified is `no`"),
        Column("about", "words", "aspects it speaks of", required=True, words=ASPECTS),
        Column("statement", meaning="what is claimed, in own words", required=True),
        Column("evidence", "words", "what was released with it; `admission` speaks of one's own act", words=EVIDENCE),
        Column("source_grade", "word", "Admiralty grade of the source; F cannot be judged", words=tuple("ABCDEF")),
        Column("info_grade", "word", "Admiralty grade of the information; 6 cannot be judged", words=tuple("123456")),
        Column("quantity", "number", "figure claimed, or the lower of two"),
        Column("quantity_max", "number", "upper figure of a range"),
        Column("quantity_is", "word", "how to read it", words=("exact", "about", "at-least", "at-most")),
        Column("unit", meaning="what is counted"),
        Column("counted_from", "date", "since when it is counted"),
        Column("derived_from", "ref", "claim that this one rests on", to=("claims",)),
        _VERIFIED,
        Column("sources", "refs", "where it can be read; required unless verified is `no`", to=("sources",)),
        _NOTE,
    ),
)
PARTIES: Final = Table(
    "parties",
    (
        Column("id", "id", "key", required=True),
        Column("name", meaning="name in the case's language", required=True),
        Column("kind", "word", "what sort of party", required=True, words=PARTY_KINDS),
        Column("country", "codes", "ISO 3166-1 alpha-2"),
        Column("part_of", "ref", "party whose claims these also are", to=("parties",)),
        Column("groups", "refs", "presets of `as told by` that hold it"),
        Column("names", "names", "names in other languages"),
        _NOTE,
    ),
)
MEASURES: Final = Table(
    "measures",
    (
        Column("id", "id", "key", required=True),
        Column("subject", "ref", "route or place that is measured", required=True, to=("routes", "places")),
        Column("from", "ref", "where the stretch begins", to=("places",)),
        Column("to", "ref", "where it ends", to=("places",)),
        Column("what", "word", "what is measured", required=True, words=("length", "distance")),
        Column("value", "number", "figure published, or the lower of two", required=True, above=0),
        Column("value_max", "number", "upper figure of a range", above=0),
        Column("unit", "word", "unit of the figure", required=True, words=("km", "m", "mi", "nmi")),
        Column("as_of", "date", "when the figure held or was published"),
        Column("sources", "refs", "where it can be read", to=("sources",)),
        _VERIFIED,
        _NOTE,
    ),
    optional=True,
)

TABLES: Final = {table.name: table for table in (PLACES, ROUTES, LEGS, EVENTS, CLAIMS, PARTIES, MEASURES)}

RESERVED: Final = {
    "places": ("geometry",),
    "routes": ("geometry", "length_km", "fallback"),
    "legs": ("geometry", "length_km", "track_km", "made_by", "fallback", "problem", "remedy"),
}
"""Names that the frame of a table gives to what Waybill works out, so that no column of the author's can bear them."""

LAYER_KEYS: Final = ("id", "title", "parent", "note", "on", "open")
META_KEYS: Final = ("title", "summary", "updated", "authors", "licence", "language", "disclaimer")
GROUPS: Final = "groups"
"""Table of `case.toml` that gives groups of parties their titles: id and text."""
VIEW_KEYS: Final = ("on", "known", "from", "to")
CUT: Final = "cut"
"""Table of `case.toml` by which a case says that it is a part of another: what it was cut to."""
CUT_KEYS: Final = ("known", "by", "from", "to", "on")
