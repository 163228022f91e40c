import json
import re
from pathlib import Path

import pytest

from maps import assets, words
from routes import evidence, schema

STATIC = Path(assets.__file__).parent / "static"
FILES = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in sorted(STATIC.glob("words/*.json"))}
SCRIPTS = "\n".join(path.read_text(encoding="utf-8") for path in sorted(STATIC.glob("*.js")))
PYTHON = "\n".join(path.read_text(encoding="utf-8") for path in sorted(STATIC.parent.glob("*.py")))

CODES = FILES["codes.json"]
KEYS = {key: entry for name, file in FILES.items() if name != "codes.json" for key, entry in file.items()}
TEXTS = {
    **{(key,): entry for key, entry in KEYS.items()},
    **{(group, value): entry for group, values in CODES.items() for value, entry in values.items()},
}
PLACEHOLDER = re.compile(r"\{(\w*)\}")
HANGUL, CYRILLIC, HAN = "[가-힣]", "[А-Яа-яЁё]", "[一-鿿]"
SIGNS = {("km",), ("metres",), ("measure-short",), ("range",)}  # units and signs, the same in several languages

# keys that no call names: they are passed on in a list. One with a hyphen need not stand here, as nothing else in
# quotes looks like it; these words are also the names of other things
PASSED_ON = {"figure", "from", "gauge", "length", "made", "mode", "said", "since", "to", "who"}
QUOTED = re.compile(r"'([a-z]+(?:-[a-z]+)+)'")
CALL = re.compile(r"\bt\(\s*'([\w-]+)'\s*[,)]")
CHOICE = re.compile(r"\bt\([^()']*\?\s*'([\w-]+)'\s*:\s*'([\w-]+)'\s*[,)]")
PREFIX = re.compile(r"\bt\(\s*'([\w-]+-)'\s*\+")
BUILT = re.compile(r"'([\w-]+-)'\s*\+")
GROUP = re.compile(r"\bname\(\s*'([\w-]+)'|\bgrade\(\s*'([\w-]+)'|\bcode\(\s*\"([\w-]+)\"")

VOCABULARIES = {
    "kind": schema.ROUTE_KINDS,
    "basis": schema.BASES,
    "stance": schema.STANCES,
    "evidence": schema.EVIDENCE,
    "place": schema.PLACE_KINDS,
    "mode": schema.MODES,
    "aspect": schema.ASPECTS,
    "partykind": schema.PARTY_KINDS,
    "source_grades": schema.CLAIMS.column("source_grade").words,
    "info_grades": schema.CLAIMS.column("info_grade").words,
    "quantity_signs": schema.CLAIMS.column("quantity_is").words,
    "status": (*evidence.STRENGTH, "infrastructure", "illustration"),
    "meaning": (*evidence.STRENGTH, "infrastructure", "illustration"),
}


def used_keys():
    called = {*CALL.findall(SCRIPTS), *(key for pair in CHOICE.findall(SCRIPTS) for key in pair)}
    by_python = set(re.findall(r'"(plain-[\w-]+)"', PYTHON)) | set(re.findall(r'\bword\("([\w-]+)"', PYTHON))
    return called | by_python


@pytest.mark.parametrize("path", TEXTS, ids="/".join)
def test_every_word_is_there_in_four_languages(path):
    entry = TEXTS[path]

    assert tuple(entry) == assets.LANGUAGES
    assert all(isinstance(text, str) and text for text in entry.values())


@pytest.mark.parametrize("path", TEXTS, ids="/".join)
def test_every_placeholder_is_in_every_translation(path):
    entry = TEXTS[path]
    expected = sorted(PLACEHOLDER.findall(entry["en"]))

    assert {language: sorted(PLACEHOLDER.findall(text)) for language, text in entry.items()} == dict.fromkeys(
        entry, expected
    )


@pytest.mark.parametrize(("language", "script"), [("ko", HANGUL), ("ru", CYRILLIC), ("zh", HAN)])
def test_translations_are_in_their_own_script(language, script):
    spoken = {path for path, entry in TEXTS.items() if re.search("[A-Za-z]", PLACEHOLDER.sub("", entry["en"]))}

    assert {path for path in spoken if not re.search(script, TEXTS[path][language])} <= SIGNS


def test_every_word_is_used():
    prefixes = tuple(BUILT.findall(SCRIPTS))
    unused = KEYS.keys() - used_keys() - PASSED_ON - set(QUOTED.findall(SCRIPTS))

    assert sorted(key for key in unused if not key.startswith(prefixes)) == []


def test_keys_that_are_passed_on_stand_in_a_script():
    assert sorted(key for key in PASSED_ON if f"'{key}'" not in SCRIPTS) == []


def test_every_word_that_is_used_is_there():
    assert sorted(used_keys() - KEYS.keys()) == []
    assert all(any(key.startswith(prefix) for key in KEYS) for prefix in PREFIX.findall(SCRIPTS))


def test_every_group_that_is_used_is_there():
    used = {name for found in GROUP.findall(SCRIPTS + PYTHON) for name in found if name}

    assert {"stance", "mode", "quantity_signs"} <= used
    assert used <= CODES.keys()


def test_every_coded_value_of_a_case_has_words():
    assert {group: sorted(values) for group, values in CODES.items()} == {
        group: sorted(values) for group, values in VOCABULARIES.items()
    }


def test_the_page_gets_keys_and_groups_by_language():
    block = assets.page_words()

    assert tuple(block) == assets.LANGUAGES
    assert block["ko"]["all"] == KEYS["all"]["ko"]
    assert block["zh"]["groups"]["status"]["unsupported"] == CODES["status"]["unsupported"]["zh"]


def test_a_key_in_two_files_is_an_error_that_names_both():
    texts = {name: json.dumps({"close": {"en": name}}) for name in ("a.json", "b.json")}

    with pytest.raises(ValueError, match=r"'close' stands in 'maps/static/words/a.json' and in 'b.json'"):
        assets.merged_words(texts)


def test_no_word_may_be_called_as_the_groups():
    with pytest.raises(ValueError, match=r"'groups' stands in .*codes.json' and in 'a.json'"):
        assets.merged_words({"a.json": '{"groups": {"en": "Groups"}}'})


def test_a_file_that_is_no_json_is_named():
    with pytest.raises(ValueError, match=r"'maps/static/words/a.json' is no JSON"):
        assets.merged_words({"a.json": "{"})


def test_words_in_python_are_those_of_the_page():
    assert words.word("denied", "en", who="{who} <b>") == "Denied by {who} <b>"
    assert words.word("denied", "ru", who="США") == "Кто отрицает: США"
    assert words.code("status", "unsupported", "en") == "Only denied"
    assert words.code("quantity_signs", "at-least", "zh", figure="3") == "至少3"


def test_what_is_missing_is_english_and_what_nobody_knows_is_itself():
    assert words.word("close", "tlh") == "Close"
    assert words.word("no-such-word", "ko") == "no-such-word"
    assert words.word("groups", "ko") == "groups"
    assert words.code("status", "rumoured", "ko") == "rumoured"
    assert words.code("no-such-group", "x", "ko") == "x"


def test_a_word_that_a_language_lacks_is_english(monkeypatch):
    texts = {"a.json": '{"only": {"en": "Only {n}"}}', "codes.json": '{"kind": {"new": {"en": "New"}}}'}
    monkeypatch.setattr(assets, "page_words", lambda: assets.merged_words(texts))

    assert words.word("only", "ko", n=None) == "Only "
    assert words.code("kind", "new", "ko") == "New"
