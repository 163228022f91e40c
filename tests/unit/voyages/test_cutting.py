"""One vessel's reports as voyages: calls, passing by, coming back, gaps, impossible jumps, declared destinations."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from routes.geometry import geod
from routes.voyages.bucket import cut_bucket
from routes.voyages.cutting import voyages_of
from routes.voyages.order import in_order, plausible
from routes.voyages.ports import read_ports
from routes.voyages.rules import Rules
from routes.voyages.sphere import distances_km
from routes.voyages.thinning import continuous, kept_vertices

HOUR = 3_600_000_000
KM_PER_DEGREE = 111.195
PORTS = read_ports(
    pd.DataFrame(
        {"id": ["a", "b", "c"], "name": ["Alpha", "Beta", "Gamma"], "lon": [0.0, 5.0, 10.0], "lat": [0.0] * 3}
    ),
    10.0,
)
"""Three ports on the equator, 556 km apart."""
A, B, C, SEA = 0, 1, 2, -1


def cut(reports, rules=None):
    """Cut reports (hour, longitude on the equator, perhaps the number of a declared text)."""
    rows = [(*report, -1)[:3] for report in reports]
    times = np.array([hour * HOUR for hour, _, _ in rows], dtype="int64")
    lon = np.array([lon for _, lon, _ in rows], dtype="float64")
    declared = np.array([said for _, _, said in rows], dtype="int64")
    return voyages_of(times, lon, np.zeros(len(rows)), declared, PORTS, rules or Rules())


def told(found):
    return [(voyage.departure_port, voyage.arrival_port, voyage.rows.tolist()) for voyage in found.voyages]


def sailing(start_h, start, end, speed=0.25):
    """Reports every hour from one longitude to another, both left out; a quarter degree an hour are 15 knots."""
    count = round(abs(end - start) / speed)
    return [(start_h + step, start + (end - start) * step / count) for step in range(1, count)]


def test_a_voyage_runs_from_the_last_report_in_port_to_the_first_in_the_next():
    reports = [(0, 0.0), (3, 0.01), *sailing(3, 0.0, 5.0), (23, 4.99), (26, 5.0)]
    assert told(cut(reports)) == [(A, B, list(range(1, len(reports) - 1)))]


def test_reports_may_come_in_any_order():
    reports = [(0, 0.0), (3, 0.01), *sailing(3, 0.0, 5.0), (23, 4.99), (26, 5.0)]
    order = np.random.default_rng(1).permutation(len(reports))
    [voyage] = cut([reports[one] for one in order]).voyages
    assert order[voyage.rows].tolist() == list(range(1, len(reports) - 1))


def test_passing_by_is_no_call_unless_it_lasts():
    reports = [(0, 0.0), (3, 0.0), *sailing(3, 0.0, 10.0), (43, 10.0), (46, 10.0)]
    assert [(start, end) for start, end, _ in told(cut(reports))] == [(A, C)]
    slow = [(hour if lon <= 5.0 else hour + 3, lon) for hour, lon in reports]
    slow.insert(24, (25, 5.0))
    assert [(start, end) for start, end, _ in told(cut(slow))] == [(A, B), (B, C)]
    assert [(start, end) for start, end, _ in told(cut(slow, Rules(dwell_h=2.5)))] == [(A, C)]


def test_coming_back_is_a_voyage_only_from_far_enough():
    near = [(0, 0.0), (3, 0.0), (4, 0.2), (5, 0.4), (6, 0.2), (7, 0.0), (10, 0.0)]
    assert told(cut(near)) == []
    assert told(cut(near, Rules(away_km=40))) == [(A, A, [1, 2, 3, 4, 5])]


def test_a_berth_at_the_edge_of_the_port_is_one_stay():
    edge = 10.0 / KM_PER_DEGREE
    reports = [(hour, edge + (0.005 if hour % 2 else -0.005)) for hour in range(6)]
    reports += [*sailing(6, 0.0, 5.0), (26, 5.0), (29, 5.0)]
    [(start, end, rows)] = told(cut(reports))
    assert (start, end, rows[0]) == (A, B, 4)


def test_what_lies_before_the_first_call_and_after_the_last_is_kept_open():
    reports = [(0, 2.0), *sailing(0, 2.0, 5.0), (12, 5.0), (15, 5.0), *sailing(15, 5.0, 8.0)]
    assert [(start, end, rows[0], rows[-1]) for start, end, rows in told(cut(reports))] == [
        (SEA, B, 0, 12), (B, SEA, 13, len(reports) - 1)
    ]  # fmt: skip
    assert told(cut(reports[:8])) == [(SEA, SEA, list(range(8)))]


@pytest.mark.parametrize(
    "reports", [[], [(0, 3.0)], [(0, 3.0), (9, 3.0)], [(0, 0.0), (3, 0.0)], [(0, 0.0), (3, 0.11), (6, 0.0), (9, 0.11)]]
)
def test_who_never_leaves_makes_no_voyage(reports):
    assert told(cut(reports)) == []


def test_gaps_are_longer_than_the_bound():
    reports = [(0, 0.0), (3, 0.0), (15, 1.0), (28, 2.0), (40, 5.0), (43, 5.0)]
    [voyage] = cut(reports).voyages
    assert voyage.rows[voyage.gaps].tolist() == [2]
    [voyage] = cut(reports, Rules(gap_h=11)).voyages
    assert voyage.rows[voyage.gaps].tolist() == [1, 2, 3]


def test_the_last_declaration_before_the_arrival_counts():
    reports = [(0, 0.0, 1), (3, 0.0, 1), (10, 1.0, 2), (20, 3.0, 3), (28, 4.5), (30, 5.0, 4), (33, 5.0, 4)]
    reports += [(43, 7.0), (50, 8.0, 1)]
    there, onward = cut(reports).voyages
    assert (there.declared, onward.declared) == (3, 1)


def test_of_reports_of_one_time_the_same_is_kept_in_whatever_order():
    times = np.array([0, 5, 5, 5, 9], dtype="int64")
    lon, lat = np.array([0.0, 2.0, 1.0, 0.0, 3.0]), np.zeros(5)
    declared = np.array([-1, 4, 4, -1, -1], dtype="int64")
    for order in ([0, 1, 2, 3, 4], [4, 3, 2, 1, 0], [2, 0, 3, 4, 1]):
        kept = in_order(times[order], lon[order], lat[order], declared[order])
        assert np.array(order)[kept].tolist() == [0, 2, 4]


@pytest.mark.parametrize("bad", [0, 7, 19])
def test_a_position_that_cannot_be_is_left_out_wherever_it_stands(bad):
    reports = [(hour, 0.2 * hour) for hour in range(20)]
    reports[bad] = (reports[bad][0], reports[bad][1] + 20.0)
    found = cut(reports)
    assert found.too_fast.tolist() == [bad]


def test_a_bad_position_behind_a_gap_is_left_out_though_it_could_be_reached():
    # from hour 9 to 29 a vessel could go 2,000 km; the report at hour 29 is 1,500 km off, those after it are not
    reports = [(hour, 0.2 * hour) for hour in range(10)] + [(29, 15.0)] + [(hour, 0.2 * hour) for hour in range(30, 50)]
    assert cut(reports).too_fast.tolist() == [10]


def test_of_two_vessels_with_one_id_the_one_that_reports_more_is_kept():
    one = [(hour, 0.1 * hour) for hour in range(60)]
    other = [(hour + 0.5, 60.0 + 0.1 * hour) for hour in range(0, 60, 2)]
    found = cut([*one, *other])
    assert found.too_fast.tolist() == list(range(60, 90))


def test_reports_seconds_apart_may_jump_by_the_error_of_a_position():
    times = np.array([0, 1_000_000, 2_000_000], dtype="int64")
    lon = np.array([0.0, 0.005, 0.0])
    assert plausible(times, lon, np.zeros(3), 60.0).all()


def test_longitudes_run_on_over_the_antimeridian():
    assert continuous(np.array([179.0, -179.5, -178.0])).tolist() == [179.0, 180.5, 182.0]
    once = continuous(np.append(np.arange(10.0, 180.0, 10.0), np.arange(-180.0, 100.0, 10.0)))
    assert (once[0], once[-1]) == (-350.0, 90.0)
    twice = np.tile(np.arange(-180.0, 180.0, 10.0), 2)
    assert continuous(twice).tolist() == twice.tolist()


@given(st.integers(0, 2**32 - 1), st.sampled_from([20.0, 100.0, 1000.0]))
@settings(max_examples=40, deadline=None)
def test_a_thinned_line_lies_within_the_tolerance_of_every_report(seed, tolerance_m):
    rng = np.random.default_rng(seed)
    heading = np.cumsum(rng.normal(0, 0.2, 400))
    lat = 50.0 + np.cumsum(np.sin(heading)) * 0.01
    lon = 179.0 + np.cumsum(np.cos(heading)) * 0.015
    at = kept_vertices(lon, lat, tolerance_m)
    assert (at[0], at[-1]) == (0, 399)
    middle = np.cos(np.radians(lat))
    far_m = []
    for start, end in pairwise(at):
        part = slice(start, end + 1)
        flat = np.column_stack((lon[part] * middle[part].mean() * 111_195, lat[part] * 111_195))
        line = shapely.LineString(flat[[0, -1]])
        far_m.append(shapely.distance(shapely.points(flat), line).max())
    # the flat picture of a stretch differs a little from that of the whole stretch on which it was thinned
    assert max(far_m) <= tolerance_m * 1.03


def test_without_tolerance_every_position_is_a_vertex():
    lon, lat = np.array([0.0, 1.0, 1.0, 2.0]), np.zeros(4)
    assert kept_vertices(lon, lat, 0.0).tolist() == [0, 1, 3]


def test_distances_on_the_sphere_are_near_those_on_the_ellipsoid():
    rng = np.random.default_rng(3)
    lon, lat, to_lon, to_lat = (
        rng.uniform(-180, 180, 500),
        *(rng.uniform(-85, 85, (1, 500))),
        rng.uniform(-180, 180, 500),
        rng.uniform(-85, 85, 500),
    )
    _, _, metres = geod().inv(lon, lat, to_lon, to_lat)
    assert np.abs(distances_km(lon, lat, to_lon, to_lat) / (metres / 1000) - 1).max() < 0.006


def test_a_row_of_a_voyage_says_what_the_reports_say():
    hours = np.array([0, 3, 10, 30, 50, 53])
    reports = pd.DataFrame({
        "vessel": "v", "time": hours * HOUR, "lon": [179.9, 179.9, 179.95, -177.0, -175.0, -175.0],
        "lat": [0.0] * 6, "declared": [None, "beta", "beta", None, None, None],
    })  # fmt: skip
    ports = read_ports(
        pd.DataFrame({"id": ["a", "b"], "name": ["Alpha", "Beta"], "lon": [179.9, -175.0], "lat": [0.0, 0.0]}), 10.0
    )
    rows, repeated, too_fast = cut_bucket(reports, ports, Rules())
    [row] = rows.to_dict("records")
    assert (row["departure_at"], row["arrival_at"], row["declared"], row["declared_at"]) == (0, 1, "beta", 1)
    assert (row["reports"], row["gaps"], row["longest_gap_h"]) == (3, 2, 20.0)
    assert row["gap_list"] == (
        "1970-01-01T10:00:00Z/1970-01-02T06:00:00Z 340 km; 1970-01-02T06:00:00Z/1970-01-03T02:00:00Z 223 km"
    )
    assert row["length_km"] == pytest.approx(562.2, abs=0.1)
    assert shapely.get_coordinates(shapely.from_wkb(row["line"]))[:, 0].tolist() == [179.95, 183.0, 185.0]
    assert (repeated.reports, too_fast.reports) == (0, 0)
