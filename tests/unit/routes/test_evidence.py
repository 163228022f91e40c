"""The evidence rules: the shared table, and what no table can list."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from builders import case
from hypothesis import given
from hypothesis import strategies as st

from routes import dates
from routes.evidence import STRENGTH, Claim, Finding, Record, findings, known_claims, strongest
from routes.view import View

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "evidence.json").read_text(encoding="utf-8"))
KINDS = {name: party["kind"] for name, party in VECTORS["parties"].items()}
PART_OF = {name: party["part_of"] for name, party in VECTORS["parties"].items() if "part_of" in party}


def claim_from(row: dict, position: int) -> Claim:
    return Claim(
        id=row["id"],
        events=tuple(row.get("event", ["e1"])),
        route=row.get("route"),
        place=None,
        routes=tuple(row.get("routes", ())),
        party=row["party"],
        stance=row["stance"],
        about=tuple(row["about"]),
        evidence=tuple(row["evidence"]),
        derived_from=row.get("derived_from"),
        verified=row.get("verified", "yes") != "no",
        known_from=dates.parse(row["asserted_on"]).latest,
        position=position,
    )


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def ids(vectors: list[dict]) -> list[str]:
    return [vector["name"] for vector in vectors]


def test_the_table_is_large_enough_and_covers_every_status():
    assert len(VECTORS["cases"]) >= 60
    assert {vector["expect"]["status"] for vector in VECTORS["cases"]} == set(STRENGTH)


def test_no_two_vectors_bear_one_name():
    names = ids(VECTORS["cases"]) + ids(VECTORS["routes"])
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("vector", VECTORS["cases"], ids=ids(VECTORS["cases"]))
def test_vector(vector):
    record = Record([claim_from(row, n) for n, row in enumerate(vector["claims"])], KINDS, PART_OF)
    claims = known_claims(record, day(vector["known"]), vector["by"])
    withdrawals = [claim for claim in claims if claim.stance == "withdraws"]
    claims = [claim for claim in claims if vector.get("event", "e1") in claim.events]
    route = vector.get("route")
    if route:
        claims = [claim for claim in claims if not claim.routes or route in claim.routes]

    found = findings(record, claims, withdrawals=withdrawals, route=route).get(vector["aspect"], Finding("none", (), 0))

    expect = vector["expect"]
    assert (found.status, list(found.denied_by), found.origins) == (
        expect["status"],
        expect["denied_by"],
        expect["origins"],
    )


@pytest.mark.parametrize("vector", VECTORS["routes"], ids=ids(VECTORS["routes"]))
def test_route_vector(vector):
    small = case(
        routes=[{"title": "R", "layer": "all", **vector["route"]}],
        events=[{"id": e["id"], "title": e["id"], "routes": ";".join(e["routes"])} for e in vector["events"]],
        claims=[cells_of(row) for row in vector["claims"]],
        parties=[{"id": name, "name": name, **party} for name, party in VECTORS["parties"].items()],
    )

    drawn = View(small, known=vector["known"], by=vector["by"]).routes().to_dict("records")

    expect = vector["expect"]
    shown = [{"status": row["status"], "denied_by": list(row["denied_by"])} for row in drawn]
    assert shown == ([] if expect is None else [expect])


def cells_of(row: dict) -> dict[str, str]:
    plain = {"event": ["e1"], "statement": "s", "sources": ["s1"], **row}
    return {key: ";".join(value) if isinstance(value, list) else value for key, value in plain.items()}


PARTIES = sorted(set(KINDS) - {"prigozhin"})
claim_rows = st.lists(
    st.fixed_dictionaries(
        {
            "party": st.sampled_from(PARTIES),
            "stance": st.sampled_from(["asserts", "observes", "confirms", "denies", "searched", "notes"]),
            "asserted_on": st.sampled_from(["2022-11-02", "2022-11", "2023-08~", "2023-01-20", "../2022-12-01"]),
            "about": st.lists(st.sampled_from(["movement", "cargo"]), min_size=1, max_size=2, unique=True),
            "evidence": st.sampled_from([["none"], ["imagery"], ["documents"], ["admission"]]),
            "verified": st.sampled_from(["yes", "yes", "no"]),
        }
    ),
    max_size=8,
)


def found_in(rows: list[dict], known: date | None = None, by: list[str] | None = None) -> dict[str, Finding]:
    record = Record([claim_from({"id": f"c{n}", **row}, n) for n, row in enumerate(rows)], KINDS, PART_OF)
    return findings(record, known_claims(record, known, by))


@given(claim_rows, st.dates(date(2022, 1, 1), date(2024, 1, 1)), st.dates(date(2022, 1, 1), date(2024, 1, 1)))
def test_without_withdrawals_a_status_only_grows_stronger_with_time(rows, one, other):
    earlier, later = found_in(rows, min(one, other)), found_in(rows, max(one, other))
    for aspect, finding in earlier.items():
        assert STRENGTH.index(later[aspect].status) <= STRENGTH.index(finding.status)


@given(claim_rows)
def test_a_denial_never_changes_how_strong_support_is(rows):
    with_denial = [
        *rows,
        {
            "party": "prigozhin",
            "stance": "denies",
            "asserted_on": "2022-11-02",
            "about": ["movement"],
            "evidence": ["none"],
        },
    ]
    before, after = found_in(rows).get("movement"), found_in(with_denial)["movement"]
    assert "prigozhin" in after.denied_by
    assert after.status == (before.status if before else "unsupported")


@given(claim_rows, st.lists(st.sampled_from(PARTIES), unique=True))
def test_fewer_tellers_never_make_a_stronger_status(rows, by):
    everyone, some = found_in(rows), found_in(rows, by=by)
    for aspect, finding in some.items():
        assert STRENGTH.index(everyone[aspect].status) <= STRENGTH.index(finding.status)


@given(claim_rows)
def test_unverified_claims_searches_and_notes_change_nothing(rows):
    counted = [row for row in rows if row["verified"] != "no" and row["stance"] not in {"searched", "notes"}]
    assert found_in(rows) == found_in(counted)


def test_the_strongest_of_nothing_is_none():
    assert strongest([]) == "none"


def test_known_takes_a_date_a_text_or_nothing_else():
    with pytest.raises(ValueError, match="2022-11-10"):
        View(case(), known="yesterday")


def test_by_takes_parties_and_groups_and_names_the_groups_otherwise():
    small = case(parties=[{"id": "us", "name": "US", "kind": "state", "groups": "us-allies"}])
    assert View(small, by=["us-allies"]).by == ("us",)
    with pytest.raises(ValueError, match="us-allies"):
        View(small, by=["nobody"])
