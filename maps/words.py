"""Words for what a reader sees: statuses, evidence, grades. The same in page, figure and table.

They stand in `static/words`, where the page takes them from too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from maps import assets

if TYPE_CHECKING:
    from collections.abc import Mapping

MADE_WITH: Final = "Map: Waybill"
FALLBACK: Final = "en"

_PLACEHOLDER: Final = re.compile(r"\{(\w+)\}")


def words(language: str) -> dict[str, Any]:
    """Return the words of a language.

    Parameters
    ----------
    language
        `en`, `ko`, `ru` or `zh`; any other gets English.

    Returns
    -------
    dict
        Text by key, and under `groups` the texts of coded values by group and value. Shared: not to be changed.

    Raises
    ------
    FileNotFoundError
        If the word files are missing.
    """
    every = assets.page_words()
    return every.get(language) or every[FALLBACK]


def word(key: str, language: str, **values: object) -> str:
    """Return one text, its placeholders filled.

    Parameters
    ----------
    key
        Key in a word file; one that is nowhere is shown as it is.
    language
        As in `words`; a text that the language lacks is English.
    **values
        What stands for each `{placeholder}`; None or nothing leaves it empty.

    Returns
    -------
    str
        Plain text.

    Raises
    ------
    FileNotFoundError
        If the word files are missing.
    """
    text = words(language).get(key, words(FALLBACK).get(key))
    return _filled(text if isinstance(text, str) else key, values)


def code(group: str, value: str, language: str, **values: object) -> str:
    """Return the words for a coded value, such as the status `unsupported`.

    Parameters
    ----------
    group
        Which set of values: `status`, `meaning` (of a status), `mode`, `stance`, `source_grades` and so on.
    value
        The value; one that nobody knows is shown as it is.
    language
        As in `words`.
    **values
        As in `word`.

    Returns
    -------
    str
        Plain text.

    Raises
    ------
    FileNotFoundError
        If the word files are missing.
    """
    for spoken in (language, FALLBACK):
        text = words(spoken)["groups"].get(group, {}).get(value)
        if text is not None:
            return _filled(text, values)
    return value


def _filled(text: str, values: Mapping[str, object]) -> str:
    def of(match: re.Match[str]) -> str:
        value = values.get(match[1])
        return "" if value is None else str(value)

    return _PLACEHOLDER.sub(of, text)
