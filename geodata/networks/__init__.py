"""Networks to route on. Nothing is read from disk before the first call."""

from functools import cache
from typing import TYPE_CHECKING

from geodata.networks.faults import NearNode, RoutingError
from geodata.networks.sea_faults import SeaRoutingError
from geodata.registry import data_path

if TYPE_CHECKING:
    from geodata.networks.railway import RailNetwork
    from geodata.networks.seaway import SeaNetwork

__all__ = ["NearNode", "RoutingError", "SeaRoutingError", "passage_ids", "rail", "sea"]


@cache
def rail() -> "RailNetwork":
    """Give the packaged rail network, read at the first call.

    Returns
    -------
    geodata.networks.railway.RailNetwork
        The network; shared, so never change its arrays.

    Raises
    ------
    OSError
        If its data files are missing.
    """
    from geodata.networks.railway import RailNetwork  # noqa: PLC0415 - SciPy and pyproj only when needed

    return RailNetwork.packaged()


@cache
def sea() -> "SeaNetwork":
    """Give the packaged sea network, read at the first call.

    Returns
    -------
    geodata.networks.seaway.SeaNetwork
        The network; shared, so never change its arrays.

    Raises
    ------
    OSError
        If its data files are missing.
    """
    from geodata.networks.seaway import SeaNetwork  # noqa: PLC0415 - SciPy and pyproj only when needed

    return SeaNetwork.packaged()


@cache
def passage_ids() -> dict[str, str]:
    """Name the straits, canals and river mouths of the sea by id, without reading the network itself.

    Returns
    -------
    dict
        Id to the name that ``sea().route`` knows. An id is the name, or another name of the same passage, in lower
        case with hyphens: ``suez-canal``, ``malacca``, ``turkish-straits``.

    Raises
    ------
    OSError
        If the data files are missing.
    """
    from geodata.networks.sea_passages import ids  # noqa: PLC0415 - only where a passage is named

    return ids(data_path("sea_passages.csv"), data_path("sea_canals.csv"))
