"""Figures of the built-in case and of small ones, drawn once."""

from __future__ import annotations

import pytest
from figure_cases import small_case

from maps.figure.make import figure
from routes.reading import read_case

KHASAN = "on=rail-link,sea-shipments&known=2024-02-29&c=42.4,131.0&z=7"


@pytest.fixture(scope="session")
def built_in():
    return read_case("dprk-russia")


@pytest.fixture(scope="session")
def second():
    """Return the built-in case whose lines cross the antimeridian."""
    return read_case("arctic-lng-2")


@pytest.fixture(scope="session")
def khasan(built_in):
    return figure(built_in, state=KHASAN)


@pytest.fixture
def small():
    return small_case()
