"""Supply routes as cases: who says that what moved where, on what evidence, since when.

Names are loaded when first used, so that a command which needs few of them answers at once (PEP 562).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from routes.case import Case as Case
    from routes.errors import CaseFaultsError as CaseFaultsError
    from routes.errors import CaseNotFoundError as CaseNotFoundError
    from routes.errors import ClusterError as ClusterError
    from routes.errors import DateError as DateError
    from routes.errors import ExchangeError as ExchangeError
    from routes.errors import MissingExtraError as MissingExtraError
    from routes.errors import ReportsError as ReportsError
    from routes.errors import RoutesError as RoutesError
    from routes.findings import Finding as Finding
    from routes.folder import built_in_cases as built_in_cases
    from routes.formats import export_case as export_case
    from routes.formats import import_case as import_case
    from routes.reading import check_case as check_case
    from routes.reading import read_case as read_case
    from routes.view import View as View
    from routes.voyages.tracks import tracks as tracks

_HOME = {
    "Case": "routes.case",
    "CaseFaultsError": "routes.errors",
    "CaseNotFoundError": "routes.errors",
    "ClusterError": "routes.errors",
    "DateError": "routes.errors",
    "ExchangeError": "routes.errors",
    "Finding": "routes.findings",
    "MissingExtraError": "routes.errors",
    "ReportsError": "routes.errors",
    "RoutesError": "routes.errors",
    "View": "routes.view",
    "built_in_cases": "routes.folder",
    "check_case": "routes.reading",
    "export_case": "routes.formats",
    "import_case": "routes.formats",
    "read_case": "routes.reading",
    "tracks": "routes.voyages.tracks",
}

__all__ = [
    "Case",
    "CaseFaultsError",
    "CaseNotFoundError",
    "ClusterError",
    "DateError",
    "ExchangeError",
    "Finding",
    "MissingExtraError",
    "ReportsError",
    "RoutesError",
    "View",
    "built_in_cases",
    "check_case",
    "export_case",
    "import_case",
    "read_case",
    "tracks",
]


def __getattr__(name: str) -> object:
    """Load a public name from the module that holds it."""
    if name not in _HOME:
        msg = f"module 'routes' has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    """Return the public names."""
    return __all__
