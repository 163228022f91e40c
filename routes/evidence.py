"""What is known on a date, as told by some parties: status, denials and independent origins, derived from claims.

The rules (the same in the page's JavaScript, both held to `tests/vectors/evidence.json`):

* A claim is *known* from the last day its `asserted_on` can mean. It is *counted* if it is known, told by a chosen
  party, not withdrawn, and not marked `verified = no`.
* `withdraws` takes back the same party's earlier claims on the same subject and aspects, or only the one named in
  `derived_from`, and only for its `routes` if it names some; what was derived from a claim that was taken back has
  lost its ground and no longer counts either.
* The *party* of a rule is the top of `part_of`: what a ministry says, its state says. The *origin* of a claim is the
  party at the root of its `derived_from` chain, so ten papers on one briefing are one origin.
* Status of an aspect: `confirmed` (an admission, or two independent origins with imagery, documents, physical
  evidence or data on that aspect), `evidenced` (one), `asserted` (a state, international body or agency without),
  `alleged` (anyone else), `unsupported` (only denials), `none` (nothing counted). A party ranks as the highest that
  it is part of: what a state's news agency says in its name, the state says.
* *Denied by*: parties whose latest claim on the aspect is a denial. It never lowers a status.
* `searched` and `notes` are shown and never counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Status = Literal["confirmed", "evidenced", "asserted", "alleged", "unsupported", "none"]

STRENGTH: Final[tuple[Status, ...]] = ("confirmed", "evidenced", "asserted", "alleged", "unsupported", "none")
"""Statuses from the strongest to the weakest."""

_SUPPORTS: Final = frozenset({"asserts", "observes", "confirms"})
_RELEASED: Final = frozenset({"imagery", "documents", "physical", "data"})
_OFFICIAL: Final = frozenset({"state", "international", "agency"})


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim as the rules see it.

    Attributes
    ----------
    events, route, place
        What it is about: event ids, or one route, or one place.
    routes
        The only routes of the event that it speaks of; empty means all of them.
    known_from
        Last day that `asserted_on` can mean; None if it has no date or an open end.
    position
        Place in the table; breaks ties between claims of one day.
    """

    id: str
    events: tuple[str, ...]
    route: str | None
    place: str | None
    routes: tuple[str, ...]
    party: str
    stance: str
    about: tuple[str, ...]
    evidence: tuple[str, ...]
    derived_from: str | None
    verified: bool
    known_from: date | None
    position: int

    @property
    def order(self) -> tuple[date, int]:
        """Return the key that puts claims in the order in which they were made."""
        return (self.known_from or date.max, self.position)


@dataclass(frozen=True, slots=True)
class Finding:
    """What the counted claims on one aspect come to."""

    status: Status
    denied_by: tuple[str, ...]
    origins: int


NOTHING: Final = Finding("none", (), 0)


class Record:
    """All claims and parties of a case, as the rules see them.

    Parameters
    ----------
    claims
        Claims in the order of their table.
    kinds
        Kind of each party.
    part_of
        The party that a party belongs to, where it belongs to one.
    """

    def __init__(self, claims: Iterable[Claim], kinds: Mapping[str, str], part_of: Mapping[str, str]) -> None:
        self.claims = {claim.id: claim for claim in claims}
        self.kinds = kinds
        self._part_of = part_of

    def lineage(self, party: str) -> tuple[str, ...]:
        """Return the party and all that it is part of, the top last."""
        chain = [party]
        while (above := self._part_of.get(chain[-1])) and above not in chain:
            chain.append(above)
        return tuple(chain)

    def top(self, party: str) -> str:
        """Return the party that answers for this one."""
        return self.lineage(party)[-1]

    def ancestry(self, claim: Claim) -> tuple[Claim, ...]:
        """Return the claim and those it rests on, the root last."""
        chain = [claim]
        while (above := self.claims.get(chain[-1].derived_from or "")) and above not in chain:
            chain.append(above)
        return tuple(chain)

    def origin(self, claim: Claim) -> str:
        """Return the party from whom the claim first came."""
        return self.top(self.ancestry(claim)[-1].party)


def known_claims(record: Record, known: date | None = None, by: Sequence[str] | None = None) -> list[Claim]:
    """Return the claims that were on record on a day, as told by some parties, in the order in which they were made.

    Parameters
    ----------
    known
        The day; None means everything, dated or not.
    by
        Parties whose claims count, with all that are part of them; None means everyone.
    """
    chosen = None if by is None else set(by)
    seen = [
        claim
        for claim in record.claims.values()
        if (known is None or (claim.known_from is not None and claim.known_from <= known))
        and (chosen is None or chosen.intersection(record.lineage(claim.party)))
    ]
    return sorted(seen, key=lambda claim: claim.order)


def findings(
    record: Record,
    claims: Sequence[Claim],
    *,
    withdrawals: Sequence[Claim] | None = None,
    route: str | None = None,
) -> dict[str, Finding]:
    """Return the finding on each aspect that the claims on one subject speak of.

    Parameters
    ----------
    claims
        Known claims on one event, route or place, as from `known_claims`.
    withdrawals
        Known withdrawals on any subject, because a claim here may rest on one that was taken back elsewhere; None
        means those among `claims`.
    route
        The one route of the event that is asked about; None means the event as a whole.
    """
    standing = [claim for claim in claims if claim.verified]
    gone = [
        one for one in (standing if withdrawals is None else withdrawals) if one.stance == "withdraws" and one.verified
    ]
    aspects = dict.fromkeys(aspect for claim in standing for aspect in claim.about)
    found = {}
    for aspect in aspects:
        counted = [
            claim
            for claim in standing
            if aspect in claim.about
            and claim.stance in _SUPPORTS | {"denies"}
            and not any(_takes_back(record, claim, one, aspect, route) for one in gone)
        ]
        found[aspect] = _finding(record, counted, route)
    return {aspect: finding for aspect, finding in found.items() if finding != NOTHING}


def _takes_back(record: Record, claim: Claim, withdrawal: Claim, aspect: str, route: str | None) -> bool:
    """Return whether a withdrawal ends a claim, or a claim that it rests on, for one aspect."""
    if aspect not in withdrawal.about:
        return False
    return any(
        withdrawal.party in record.lineage(ground.party)
        and (
            withdrawal.derived_from == ground.id
            or (withdrawal.derived_from is None and ground.order < withdrawal.order)
        )
        and _same_subject(ground, withdrawal)
        and _covers(withdrawal, ground, route)
        for ground in record.ancestry(claim)
    )


def _covers(later: Claim, earlier: Claim, route: str | None) -> bool:
    """Return whether a later claim speaks of all the routes that an earlier one spoke of, or of the one asked about."""
    if not later.routes:
        return True
    if route is not None:
        return route in later.routes
    return bool(earlier.routes) and set(earlier.routes) <= set(later.routes)


def _same_subject(one: Claim, other: Claim) -> bool:
    if one.events or other.events:
        return bool(set(one.events) & set(other.events))
    return (one.route, one.place) == (other.route, other.place)


def _finding(record: Record, claims: Sequence[Claim], route: str | None) -> Finding:
    """Return what claims that all count on one aspect come to."""
    supports = [claim for claim in claims if claim.stance in _SUPPORTS]
    shown = {record.origin(claim) for claim in supports if _RELEASED.intersection(claim.evidence)}
    return Finding(
        status=_status(record, supports, shown, denied=len(claims) > len(supports)),
        denied_by=_deniers(record, claims, route),
        origins=len({record.origin(claim) for claim in supports}),
    )


def _status(record: Record, supports: Sequence[Claim], shown: set[str], *, denied: bool) -> Status:
    if len(shown) > 1 or any("admission" in claim.evidence for claim in supports):
        return "confirmed"
    if shown:
        return "evidenced"
    if any(record.kinds.get(party) in _OFFICIAL for claim in supports for party in record.lineage(claim.party)):
        return "asserted"
    if supports:
        return "alleged"
    return "unsupported" if denied else "none"


def _deniers(record: Record, claims: Sequence[Claim], route: str | None) -> tuple[str, ...]:
    """Return the parties with a denial that no later claim of theirs has ended, in the order in which they denied."""
    ordered = sorted(claims, key=lambda claim: claim.order)
    standing = [
        record.top(denial.party)
        for number, denial in enumerate(ordered)
        if denial.stance == "denies"
        and not any(
            later.stance in _SUPPORTS
            and record.top(later.party) == record.top(denial.party)
            and _covers(later, denial, route)
            for later in ordered[number + 1 :]
        )
    ]
    first = [record.top(claim.party) for claim in ordered if claim.stance == "denies"]
    return tuple(party for party in dict.fromkeys(first) if party in standing)


def strongest(statuses: Iterable[Status]) -> Status:
    """Return the strongest of some statuses; `none` if there are none."""
    return min(statuses, key=STRENGTH.index, default="none")
