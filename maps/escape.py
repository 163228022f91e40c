"""Text on its way into a page: as HTML, as a JSON block, as script."""

import html
import json
import re
from typing import Final

_UNWRITABLE: Final = re.compile("[\x00\ud800-\udfff]")
_LONE_SURROGATE: Final = re.compile("[\ud800-\udfff]")

# characters that end a script element, start an entity, or end a line in old JavaScript
_JSON_ESCAPES: Final = (
    ("<", "\\u003c"),
    (">", "\\u003e"),
    ("&", "\\u0026"),
    ("\u2028", "\\u2028"),
    ("\u2029", "\\u2029"),
)

_SCRIPT_END: Final = re.compile(r"<(?=/script|!--)", re.IGNORECASE)
_STYLE_END: Final = re.compile(r"<(?=/style)", re.IGNORECASE)


def html_text(value: object) -> str:
    """Write a value as HTML text, fit for element content and for quoted attributes.

    Parameters
    ----------
    value
        Anything with a text form; a missing value is written as nothing.

    Returns
    -------
    str
        Escaped text. NUL and lone surrogates, which no HTML file can hold, become U+FFFD.

    Raises
    ------
    None
        Any text can be written.

    Examples
    --------
    >>> html_text("<b> & 'co'")
    '&lt;b&gt; &amp; &#x27;co&#x27;'
    """
    return "" if value is None else html.escape(_UNWRITABLE.sub("\ufffd", str(value)), quote=True)


def json_text(value: object, *, block: str) -> str:
    r"""Write a value as JSON that may stand inside a script element.

    Parameters
    ----------
    value
        What JSON can carry: dicts with text keys, lists, text, finite numbers, booleans, None.
    block
        Name of the block, for the message when that fails.

    Returns
    -------
    str
        Compact JSON with ``<``, ``>``, ``&`` and the two line separators escaped.

    Raises
    ------
    ValueError
        If a number is not finite or a value has no JSON form.

    Examples
    --------
    >>> print(json_text({"title": "</script>"}, block="waybill-data"))
    {"title":"\u003c/script\u003e"}
    """
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    except (TypeError, ValueError) as err:
        msg = f"the page's block {block!r} cannot be written as JSON: {err}; pass plain values and finite numbers"
        raise ValueError(msg) from err
    for character, escaped in _JSON_ESCAPES:
        text = text.replace(character, escaped)
    if text.isascii():
        return text
    return _LONE_SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def script_text(code: str) -> str:
    r"""Write code so that it cannot leave its script element.

    Within JavaScript the sequences ``</script`` and ``<!--`` occur only in text, where a backslash after
    the first character changes nothing.

    Parameters
    ----------
    code
        JavaScript.

    Returns
    -------
    str
        The same program, with line ends as the browser will see them.

    Raises
    ------
    None
        Any code can be written.

    Examples
    --------
    >>> print(script_text("x = '</script>'"))
    x = '<\/script>'
    """
    return _SCRIPT_END.sub(r"<\\", plain_lines(code))


def style_text(css: str) -> str:
    r"""Write a style sheet so that it cannot leave its style element.

    Parameters
    ----------
    css
        CSS.

    Returns
    -------
    str
        The same sheet, with line ends as the browser will see them.

    Raises
    ------
    None
        Any sheet can be written.

    Examples
    --------
    >>> print(style_text("q::after { content: '</style>' }"))
    q::after { content: '<\/style>' }
    """
    return _STYLE_END.sub(r"<\\", plain_lines(css))


def plain_lines(text: str) -> str:
    r"""Write every line end as ``\n``, as an HTML parser reads it before hashes are compared.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    str
        The text with ``\r\n`` and ``\r`` replaced, and NUL as U+FFFD.

    Raises
    ------
    None
        Any text can be written.

    Examples
    --------
    >>> plain_lines("a\r\nb\rc")
    'a\nb\nc'
    """
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
