"""Scripts, styles and pictures of the page, read from installed packages and from this one."""

import base64
import json
import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, distribution
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Any, Final, Literal

from maps.escape import json_text

_LEAFLET: Final = "django-js-lib-leaflet"
_LEAFLET_FILES: Final = "js_lib_leaflet/static/js_lib_leaflet"
_CLUSTER: Final = ("XStatic-Leaflet-MarkerCluster", "xstatic/pkg/leaflet_markercluster/data")

# File names that folium's elements ask a content delivery network for, and the distribution that
# carries the file. Only Leaflet is a requirement; the others are used where they are installed.
_PACKAGED: Final = {
    "leaflet.js": (_LEAFLET, _LEAFLET_FILES, "leaflet.js"),
    "leaflet.css": (_LEAFLET, _LEAFLET_FILES, "leaflet.css"),
    "jquery.min.js": ("XStatic-jquery", "xstatic/pkg/jquery/data", "jquery.min.js"),
    "leaflet.markercluster.js": (*_CLUSTER, "leaflet.markercluster.js"),
    "MarkerCluster.css": (*_CLUSTER, "MarkerCluster.css"),
    "MarkerCluster.Default.css": (*_CLUSTER, "MarkerCluster.Default.css"),
}
# A page that carries such a file passes it on, and so carries its licence; the files themselves hold a line at most.
LICENCES: Final = {_LEAFLET: "leaflet.txt", "XStatic-jquery": "jquery.txt", _CLUSTER[0]: "markercluster.txt"}
"""Text under ``maps/licences`` for each distribution whose files a page may carry."""

LANGUAGES: Final = ("en", "ko", "ru", "zh")
GROUPS: Final = "groups"
_CODES: Final = "codes.json"

_VERSION_IN_NAME: Final = re.compile(r"-\d+(\.\d+)*(?=\.)")
_SOURCE_MAP: Final = re.compile(r"\s*(//# sourceMappingURL=\S*|/\*# sourceMappingURL=\S* \*/)\s*$")
_CSS_PICTURE: Final = re.compile(r"url\(\s*(['\"]?)([\w./-]+\.png)\1\s*\)")


def packaged_text(url: str) -> str | None:
    """Text of the file behind a script or style address, from an installed package.

    Parameters
    ----------
    url
        Address of the file on a content delivery network.

    Returns
    -------
    str or None
        The file's text, pictures in it as data URIs, a script with its licence before it; None if no installed
        package is known to carry it.

    Raises
    ------
    FileNotFoundError
        If the file is Leaflet's and its package is not installed.
    """
    name = _VERSION_IN_NAME.sub("", url.partition("?")[0].rpartition("/")[2])
    if name not in _PACKAGED:
        return None
    package, folder, file = _PACKAGED[name]
    try:
        return _packaged_file(package, folder, file)
    except FileNotFoundError:
        if package == _LEAFLET:
            raise
        return None


def leaflet_defaults() -> str:
    """Script that gives Leaflet its marker pictures and a credit in words.

    Returns
    -------
    str
        JavaScript to run after Leaflet.

    Raises
    ------
    FileNotFoundError
        If Leaflet's package is not installed.
    """
    pictures = {"icon": "marker-icon.png", "icon_2x": "marker-icon-2x.png", "shadow": "marker-shadow.png"}
    folder = _installed_path(_LEAFLET, f"{_LEAFLET_FILES}/images")
    return template("leaflet_defaults.js").substitute(
        {key: json_text(_data_uri(folder / file), block=file) for key, file in pictures.items()}
    )


def static_texts(kind: Literal["js", "css"]) -> list[str]:
    """Texts of our own scripts or styles, in the order in which they load.

    Parameters
    ----------
    kind
        Which list of the manifest.

    Returns
    -------
    list of str
        One text per file.

    Raises
    ------
    FileNotFoundError
        If the manifest or a file that it names is missing.
    """
    manifest = json.loads(_own_text("static", "manifest.json"))
    texts = [_own_text("static", name) for name in manifest.get(kind, ())]
    return [_compact(text) for text in texts]


def _compact(text: str) -> str:
    """Return a script or style without indentation and without the comments that have lines of their own.

    They are a fifth of our scripts. None of our files has a text that runs over lines (tests hold that), so that what
    begins a line is never inside one.
    """
    kept, is_comment = [], False
    for raw in text.split("\n"):
        line = raw.strip(" ")
        begins = line.startswith("/*")
        if not (is_comment or begins or line.startswith("//")) and line:
            kept.append(line)
        # a block comment ends its line, or code after it would be lost (the same test)
        is_comment = (is_comment or begins) and "*/" not in line
    return "\n".join(kept)


def _unindented(style: str) -> str:
    """Return a style without indentation and empty lines, which no style needs."""
    return "\n".join(line for raw in style.splitlines() if (line := raw.strip(" \t")))


def line_style() -> Any:  # noqa: ANN401 - JSON as it stands in the file
    """Colours and dashes of the line language.

    Returns
    -------
    object
        What ``static/linestyle.json`` holds.

    Raises
    ------
    FileNotFoundError
        If the file is missing.
    """
    return json.loads(_own_text("static", "linestyle.json"))


@lru_cache(maxsize=1)
def page_words() -> dict[str, dict[str, Any]]:
    """Everything the page says by itself, in every language.

    Returns
    -------
    dict
        By language, text by key, and under ``groups`` the texts of coded values by group and value. Shared: not to
        be changed.

    Raises
    ------
    FileNotFoundError
        If the word files are missing.
    ValueError
        If a file holds no words, or two files hold the same key.
    """
    folder = files("maps") / "static" / "words"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".json")) if folder.is_dir() else []
    return merged_words({name: _own_text("static/words", name) for name in names or [_CODES]})


def merged_words(texts: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Put word files together.

    Parameters
    ----------
    texts
        Text of each file by its name, in the order in which they count. ``codes.json`` holds the words of coded
        values by group; any other file holds words by key.

    Returns
    -------
    dict
        As of `page_words`; what a language lacks is left out of it.

    Raises
    ------
    ValueError
        If a file holds no words, or two files hold the same key.
    """
    found: dict[str, dict[str, Any]] = {language: {GROUPS: {}} for language in LANGUAGES}
    origin = {GROUPS: _CODES}
    for name, text in texts.items():
        try:
            entries = json.loads(text)
        except ValueError as err:
            msg = f"'maps/static/words/{name}' is no JSON: {err}"
            raise ValueError(msg) from err
        for key, entry in entries.items():
            if name == _CODES:
                for language in LANGUAGES:
                    said = {value: of[language] for value, of in entry.items() if language in of}
                    found[language][GROUPS][key] = said
                continue
            first = origin.setdefault(key, name)
            if first != name:
                msg = f"the word {key!r} stands in 'maps/static/words/{first}' and in {name!r}; rename one of them"
                raise ValueError(msg)
            for language in LANGUAGES:
                if language in entry:
                    found[language][key] = entry[language]
    return found


@lru_cache(maxsize=32)
def template(name: str) -> Template:
    """Read one of the package's templates.

    Parameters
    ----------
    name
        File name under ``maps/templates``.

    Returns
    -------
    string.Template
        Filled by ``substitute``; what is filled in is never read as a template again.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    """
    return Template(_own_text("templates", name))


@lru_cache(maxsize=128)
def _own_text(folder: str, name: str) -> str:
    path = files("maps") / folder / name
    try:
        return path.read_text(encoding="utf-8").rstrip("\n")
    except FileNotFoundError as err:
        msg = f"'maps/{folder}/{name}' is missing from the installed package; reinstall waybill-maps"
        raise FileNotFoundError(msg) from err


@lru_cache(maxsize=32)
def _packaged_file(package: str, folder: str, file: str) -> str:
    path = _installed_path(package, f"{folder}/{file}")
    text = _SOURCE_MAP.sub("\n", path.read_text(encoding="utf-8"))
    if path.suffix != ".css":
        return f"/*\n{_own_text('licences', LICENCES[package])}\n*/\n{text}"
    return _CSS_PICTURE.sub(lambda match: f"url({_data_uri(path.parent / match[2])})", _unindented(text))


def _installed_path(package: str, path: str) -> Path:
    try:
        found = Path(str(distribution(package).locate_file(path)))
    except PackageNotFoundError as err:
        msg = f"the page needs files of the package {package!r}, which is not installed; run: pip install {package}"
        raise FileNotFoundError(msg) from err
    if not found.exists():
        msg = f"the installed package {package!r} has no {path!r}; run: pip install --force-reinstall {package}"
        raise FileNotFoundError(msg)
    return found


def _data_uri(picture: Path) -> str:
    return f"data:image/png;base64,{base64.b64encode(picture.read_bytes()).decode('ascii')}"
