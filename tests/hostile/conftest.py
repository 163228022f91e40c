"""What the tests of the hostile texts share."""

import pytest
from hostile_case import allowed


@pytest.fixture(scope="module", autouse=True)
def _long_texts_allowed():
    with allowed():
        yield
