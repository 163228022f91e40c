"""The public names of `maps` are what the documentation says, whatever was imported before."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize("first", ["maps.render", "maps.payload"])
def test_a_public_name_is_never_the_module_of_that_name(first):
    """`maps.payload` was a module once a `RouteMap` had been made, and `maps.render` after `waybill render`."""
    code = f"import importlib, maps; importlib.import_module({first!r}); assert callable(maps.render); "
    code += (
        "maps.RouteMap; assert callable(maps.payload); from maps.payload import payload; assert payload is maps.payload"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
