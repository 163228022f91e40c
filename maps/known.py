"""What a reader of a chosen day may see; the rules are in `routes.known`, for pages and for files alike."""

from routes.known import (
    NEVER,
    as_known,
    dated,
    dated_as_known,
    measure_is_known,
    measure_since,
    source_is_known,
    source_since,
    text_since,
)

__all__ = [
    "NEVER",
    "as_known",
    "dated",
    "dated_as_known",
    "measure_is_known",
    "measure_since",
    "source_is_known",
    "source_since",
    "text_since",
]
