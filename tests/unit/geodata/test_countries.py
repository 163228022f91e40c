import json

import numpy as np
import pytest
import shapely

from geodata import registry
from geodata.countries import (
    countries,
    country_at,
    distance_to_country_m,
    land,
    metres_on_land,
    region,
    region_anchor,
)

# GeoNames points, checked against the borders of 1:10m
PLACES = {
    "Khasan": (130.645, 42.431, "RU"),
    "Tumangang": (130.615, 42.415, "KP"),
    "Hunchun": (130.358, 42.868, "CN"),
    "Simferopol": (34.108, 44.952, "UA"),
    "Sevastopol": (33.522, 44.601, "UA"),
    "Pristina": (21.167, 42.672, "XK"),
    "Nicosia, north": (33.36, 35.25, "CY"),
    "Hargeisa": (44.065, 9.56, "SO"),
    "Anadyr side of 180": (-175.0, 66.8, "RU"),
    "Chukotka west of 180": (178.0, 67.0, "RU"),
    "Suva": (178.2, -17.8, "FJ"),
    "South Pole": (0.0, -89.9, "AQ"),
    "Pacific": (170.0, 30.0, ""),
    "Sea of Japan (East Sea)": (134.5, 40.0, ""),
    "Bering Sea": (180.0, 58.0, ""),
    "Fiji, open sea": (100.0, -16.5, ""),
    "Arctic Ocean": (-100.0, 84.5, ""),
}
SCALES = ["110m", "50m", "10m"]


@pytest.mark.parametrize("place", PLACES)
def test_a_known_place_lies_in_its_country(place):
    lon, lat, code = PLACES[place]
    assert str(country_at(lon, lat)) == code


@pytest.mark.parametrize("scale", SCALES)
def test_crimea_is_ukraine_at_every_scale(scale):
    assert str(country_at(34.2, 45.2, scale)) == "UA"


def test_points_keep_their_shape_wrap_and_skip_missing():
    lon = np.array([[130.64 - 360, np.nan], [150.0, 37.6 + 360]])
    lat = np.array([[42.45, 42.0], [0.0, 55.75]])
    assert country_at(lon, lat).tolist() == [["RU", ""], ["", "RU"]]


def test_no_points_give_no_countries():
    assert country_at([], []).tolist() == []


def test_an_unknown_scale_is_refused():
    with pytest.raises(ValueError, match="no scale '20m'; use one of 110m, 50m, 10m"):
        country_at(0, 0, "20m")


@pytest.mark.parametrize("scale", SCALES)
def test_frames_hold_valid_shapes_within_180_once_per_country(scale):
    frame = countries(scale)
    assert list(frame.columns) == ["country", "alpha3", "name", "geometry"]
    assert frame.crs.to_epsg() == 4326
    assert frame["country"].is_unique
    assert frame.geometry.is_valid.all()
    assert land(scale).geometry.is_valid.all()
    west, south, east, north = frame.total_bounds
    assert -180 <= west < -179
    assert 179 < east <= 180
    assert south >= -90
    assert north < 84


@pytest.mark.parametrize("scale", SCALES)
def test_countries_cover_the_land(scale):
    united = countries(scale).to_crs("ESRI:54034").geometry.area.sum()
    assert united == pytest.approx(land(scale).to_crs("ESRI:54034").geometry.area.sum(), rel=1e-3)
    assert united == pytest.approx(147e12, rel=0.02)  # land of the earth with lakes, about 147 million km2


def test_changing_a_frame_does_not_change_the_next():
    frame = countries("110m")
    frame.loc[0, "geometry"] = shapely.Point(0, 0)
    assert countries("110m").geometry.iloc[0].geom_type == "MultiPolygon"


def test_the_distance_is_zero_inside_and_geodesic_outside():
    inside, outside = distance_to_country_m([125.75, 126.98], [39.03, 37.57], "KP")
    assert inside == 0
    assert 20_000 < outside < 50_000  # Seoul is some 40 km from the line


def test_the_distance_reaches_across_the_antimeridian():
    assert distance_to_country_m(-179.99, 68.0, "RU") == 0
    assert distance_to_country_m(-170.5, 64.5, "RU") < 120_000


def test_the_distance_of_a_missing_point_is_missing():
    assert np.isnan(distance_to_country_m(np.nan, 0.0, "KP"))


def test_the_distance_to_an_unknown_country_is_refused():
    with pytest.raises(ValueError, match="no country 'QQ'"):
        distance_to_country_m(0, 0, "QQ")


def test_a_region_unites_its_countries():
    korea = region(["KR", "KP"])
    assert korea.is_valid
    assert korea.contains(shapely.Point(127.5, 38.3))
    assert region(["KP", "KR"]) is korea


def test_a_region_takes_what_is_too_small_from_a_finer_scale():
    assert region(["BH"]).bounds[0] == pytest.approx(50.4, abs=0.2)


def test_a_region_of_an_unknown_country_is_refused():
    with pytest.raises(ValueError, match="no country 'QQ'"):
        region(["KP", "QQ"])


def test_the_anchor_is_well_inside_and_stable():
    mena = ["MA", "DZ", "TN", "LY", "EG", "IL", "JO", "LB", "SY", "IQ", "IR", "SA", "YE", "OM", "AE", "QA", "KW", "BH"]
    lon, lat = region_anchor(mena)
    assert region(mena).contains(shapely.Point(lon, lat).buffer(3))
    assert region_anchor(mena[::-1]) == (lon, lat)


def test_the_open_sea_has_no_land():
    assert metres_on_land(shapely.LineString([(150, 35), (179, 40), (200, 36)])) == 0
    assert metres_on_land(shapely.LineString()) == 0


def test_a_line_over_land_is_measured_along_the_ellipsoid():
    line = shapely.LineString([(70.0, 60.0), (80.0, 60.0)])  # Western Siberia
    assert metres_on_land(line) == pytest.approx(558_000, rel=0.002)  # a degree at 60 north is 55.8 km


def test_a_line_that_passes_180_is_measured_on_both_sides():
    line = shapely.LineString([(178.0, 67.0), (184.0, 67.0)])  # Chukotka
    assert metres_on_land(line) == pytest.approx(6 * 43_600, rel=0.02)


def test_a_line_along_a_border_is_counted_once():
    line = shapely.LineString([(20.0, 22.0), (30.0, 22.0)])  # in part the line of Egypt and Sudan
    assert metres_on_land(line) == pytest.approx(10 * 103_260, rel=0.002)


def test_a_point_is_no_line():
    with pytest.raises(ValueError, match="cannot measure 'Point'"):
        metres_on_land(shapely.Point(0, 0))


def test_sea_names_stand_in_the_water():
    seas = json.loads(registry.data_path("seas.json").read_text(encoding="utf-8"))
    afloat = [sea for sea in seas if sea["kind"] != "canal"]
    codes = country_at([sea["lon"] for sea in afloat], [sea["lat"] for sea in afloat])
    assert [sea["id"] for sea, code in zip(afloat, codes, strict=True) if code] == []


def test_country_names_stand_in_their_country():
    labels = json.loads(registry.data_path("country_labels.json").read_text(encoding="utf-8"))
    codes = country_at([row["lon"] for row in labels], [row["lat"] for row in labels])
    astray = [row["id"] for row, code in zip(labels, codes, strict=True) if code != row["id"]]
    assert set(astray) <= {"AX", "MO", "SX", "VA"}  # placed by 1:50m; smaller than it is exact


def test_the_sea_between_korea_and_japan_has_both_names():
    seas = json.loads(registry.data_path("seas.json").read_text(encoding="utf-8"))
    assert next(sea for sea in seas if sea["id"] == "sea-of-japan")["names"]["en"] == "Sea of Japan (East Sea)"
