"""Files that are written whole or not at all; see `routes.output`."""

from routes.output import write_whole

__all__ = ["write_whole"]
