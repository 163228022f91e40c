"""What all tests share."""

from __future__ import annotations

import pytest
from hypothesis import settings

# an example that is slow on a busy machine is no fault
settings.register_profile("waybill", deadline=None)
settings.load_profile("waybill")


@pytest.fixture(scope="session", autouse=True)
def _cache_of_its_own(tmp_path_factory):
    """Routed lines of a test run are kept apart from those of the person who runs it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WAYBILL_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield
