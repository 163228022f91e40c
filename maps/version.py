"""The version that a page names as its maker; read from the installed distribution, without its heavy imports."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

try:
    VERSION = version("waybill-maps")
except PackageNotFoundError:  # a checkout that was never installed
    VERSION = "0+unknown"

GENERATOR = f"Waybill {VERSION}"
