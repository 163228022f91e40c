"""What all tests share."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import settings

# the corpus of hostile texts, which tests of every part take
sys.path.insert(0, str(Path(__file__).parent / "hostile"))

# an example that is slow on a busy machine is no fault
settings.register_profile("waybill", deadline=None)
settings.load_profile("waybill")


@pytest.fixture(scope="session", autouse=True)
def _cache_of_its_own(tmp_path_factory):
    """Routed lines of a test run are kept apart from those of the person who runs it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WAYBILL_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield
