"""Words for what a reader sees: statuses, evidence, grades. The same in page, figure and table."""

from __future__ import annotations

from typing import Final

STATUSES: Final[dict[str, dict[str, str]]] = {
    "confirmed": {
        "label": "confirmed",
        "meaning": "A party to the act says so of itself, or two independent origins show evidence of it.",
    },
    "evidenced": {"label": "evidenced", "meaning": "One origin shows imagery, documents, physical evidence or data."},
    "asserted": {
        "label": "asserted",
        "meaning": "A state, international body or agency says so and shows no evidence.",
    },
    "alleged": {"label": "alleged", "meaning": "Media, analysts or others say so and show no evidence."},
    "unsupported": {"label": "only denied", "meaning": "Only denials are on record."},
    "none": {"label": "no claim on record", "meaning": "Nobody is on record with a claim that counts."},
    "infrastructure": {
        "label": "infrastructure",
        "meaning": "The track, road or bridge exists; it says nothing of cargo.",
    },
    "illustration": {"label": "illustration", "meaning": "Drawn by the authors of this map. Nobody claims this path."},
}

SOURCE_GRADES: Final = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
"""Admiralty grades of a source; F is unknown, not worst."""

INFO_GRADES: Final = {
    "1": "confirmed by independent sources",
    "2": "probably true",
    "3": "possibly true",
    "4": "doubtful",
    "5": "improbable",
    "6": "truth cannot be judged",
}
"""Admiralty grades of information; 6 is unknown, not worst."""

QUANTITY_SIGNS: Final = {"exact": "", "about": "about ", "at-least": "at least ", "at-most": "at most "}

MADE_WITH: Final = "Map: Waybill"
