"""A small case for figures, whose texts a test may choose."""

from __future__ import annotations

from datetime import date

from builders import raw_case

from routes.case import case_from_raw

META = {
    "title": "Two ports",
    "licence": "CC0-1.0",
    "updated": date(2026, 1, 31),
    "layer": [{"id": "all", "title": "All"}],
}


def small_case(title: str = "Two ports", place: str = "Alpha", unit: str = "boxes", **changes):
    """Return a case of one sea route between two ports, claimed and denied."""
    return case_from_raw(
        raw_case(
            {**META, "title": title, **changes},
            ({"id": "s1", "title": "A report", "URL": "https://example.org/report"},),
            places=[
                {"id": "a", "name": place, "kind": "port", "lon": "131", "lat": "42"},
                {"id": "b", "name": "Beta", "kind": "port", "lon": "133", "lat": "43"},
            ],
            routes=[{"id": "r", "title": f"{title} by sea", "layer": "all", "kind": "movement"}],
            legs=[{"route": "r", "seq": "1", "from": "a", "to": "b", "mode": "sea", "basis": "great-circle"}],
            events=[{"id": "e", "title": "A voyage", "when": "2023-09", "kind": "movement", "routes": "r"}],
            parties=[
                {"id": "p", "name": "Someland", "kind": "state"},
                {"id": "q", "name": "Otherland", "kind": "state"},
            ],
            claims=[
                {"id": "c1", "event": "e", "party": "p", "stance": "asserts", "asserted_on": "2023-10-01",
                 "about": "movement;quantity", "statement": "They sailed.", "evidence": "none", "sources": "s1",
                 "quantity": "100", "quantity_is": "at-least", "unit": unit, "counted_from": "2023-08"},
                {"id": "c2", "event": "e", "party": "q", "stance": "denies", "asserted_on": "2023-11-01",
                 "about": "movement", "statement": "No.", "evidence": "none", "sources": "s1"},
                {"id": "c3", "event": "e", "party": "q", "stance": "asserts", "asserted_on": "2023-12-01",
                 "about": "quantity", "statement": "Some.", "evidence": "none", "sources": "s1", "quantity": "40",
                 "quantity_max": "60", "quantity_is": "about", "unit": unit},
            ],
        )
    )  # fmt: skip
