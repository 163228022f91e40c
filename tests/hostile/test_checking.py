"""Every payload in every field: it comes back to the letter, or `check` says in one line what is wrong."""

from __future__ import annotations

import json

import hostile_case
import pytest
from click.testing import CliRunner
from corpus import PAYLOADS, SHORT, file_name, is_safe_line, ran_in_python

import routes
from maps.cli import main as cli
from routes import schema
from routes.checking import check_raw
from routes.folder import read_folder
from routes.reading import check_case

COLUMNS = [(table, column) for table in schema.TABLES.values() for column in table.columns if column.kind != "text"]
META_TEXTS = ("title", "summary", "licence", "language", "disclaimer")
META = (*META_TEXTS, "updated", "authors", "layer", "view")
ACTING = [payload for payload in SHORT if not is_safe_line(payload.text)]
"""What a terminal would obey."""
LINK_FIELDS = ("URL", "archived", "DOI", "sha256", "id")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return hostile_case.write(tmp_path_factory.mktemp("checking") / "case", PAYLOADS)


@pytest.fixture(scope="module")
def raw(folder):
    return read_folder(folder)


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return read_folder(hostile_case.write(tmp_path_factory.mktemp("small") / "case", SHORT[:2]))


def with_other(raw, **parts):
    return type(raw)(**{"name": raw.name, "meta": raw.meta, "tables": raw.tables, "sources": raw.sources, **parts})


def run(*arguments):
    result = CliRunner().invoke(cli.main, list(map(str, arguments)))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def lines_are_safe(*texts):
    return [line for text in texts for line in text.removesuffix("\n").split("\n") if not is_safe_line(line)] == []


def test_the_case_with_all_of_it_has_no_fault_and_comes_back_to_the_letter(folder, tmp_path):
    assert [str(one) for one in check_case(folder) if one.is_fault] == []
    case = routes.read_case(folder)
    written = case.write(tmp_path / "again")
    for file in folder.rglob("*"):
        if file.is_file():
            assert (written / file.relative_to(folder)).read_bytes() == file.read_bytes()
    frames = {"routes": case.route_table, "legs": case.leg_table}
    for table in hostile_case.TABLES:
        frame = frames[table] if table in frames else getattr(case, table)
        own = hostile_case.own_columns(table, PAYLOADS)
        for number, payload in enumerate(PAYLOADS):
            row = frame.iloc[number]
            for column in [*hostile_case.text_columns(table), hostile_case.OWN, own.get(payload.id, hostile_case.OWN)]:
                assert row[column] == payload.text, (table, column, payload.id)
    for payload, (_, source) in zip(PAYLOADS, case.sources.iterrows(), strict=True):
        assert source["author"][0] == {"family": payload.text, "given": payload.text}
        assert [source[name] for name in hostile_case.SOURCE_TEXTS] == [payload.text] * len(hostile_case.SOURCE_TEXTS)
    assert list(case.meta["authors"]) == [payload.text for payload in PAYLOADS]
    assert list(case.layers["title"][1:]) == list(case.layers["note"][1:]) == [payload.text for payload in PAYLOADS]
    assert not ran_in_python()


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=[f"{t.name}.{c.name}" for t, c in COLUMNS])
def test_a_cell_that_is_no_text_is_what_it_should_be_or_faulted_in_one_line(raw, table, column):
    """Row by row: what cannot stand in a column of that kind has a fault that names file, line and column."""
    read = raw.tables[table.name]
    rows = [dict(row) for row in read.rows]
    for row, payload in zip(rows, PAYLOADS, strict=False):
        row[column.name] = payload.text
    changed = type(read)(read.header, tuple(rows), read.lines)
    findings = check_raw(with_other(raw, tables={**raw.tables, table.name: changed}))
    assert lines_are_safe(*map(str, findings))
    assert max(len(str(one)) for one in findings) < 1_500
    json.dumps([one.as_dict() for one in findings]).encode()
    here = {}
    for one in findings:
        if (
            one.is_fault
            and one.file == table.file
            and one.column == column.name
            and "stands already" not in one.problem
        ):
            here.setdefault(one.row, []).append(one)
    for payload, line in zip(PAYLOADS, read.lines, strict=False):
        taken = accepted(column, payload.text)
        assert bool(here.get(line)) is not taken, (payload.id, [str(one) for one in here.get(line, [])])
        # of several values in a cell each may have its own
        assert len(here.get(line, ())) <= (3 if column.kind in {"codes", "refs"} else 1), payload.id


def accepted(column, text):
    """Return whether a text of the corpus may stand in a column, said anew and without the rules of the package."""
    bare = text.strip()
    if not bare:
        return not column.required
    if column.words:
        return bare in column.words
    if column.kind in {"id", "ref", "refs"} and column.name == "id":
        return bare.isascii() and bare.islower() and bare.isalnum()
    if column.kind == "names":
        return False
    if column.name == "groups":
        return all(part.isascii() and part.islower() and part.isalnum() for part in bare.split(";"))
    return column.kind == "number" and bare == "007e5" and column.high is None


@pytest.mark.parametrize("key", META)
def test_a_key_of_the_case_is_taken_or_faulted_in_one_line(small, key):
    for payload in PAYLOADS[::5]:
        findings = check_raw(with_other(small, meta={**small.meta, key: payload.text}), faults_only=True)
        assert lines_are_safe(*map(str, findings))
        faults = [one for one in findings if one.is_fault and one.file == "case.toml"]
        assert bool(faults) is (key not in META_TEXTS), payload.id


@pytest.mark.parametrize("key", LINK_FIELDS)
def test_a_link_of_a_source_is_one_or_a_fault(raw, key):
    sources = tuple({**item, key: payload.text} for item, payload in zip(raw.sources, PAYLOADS, strict=True))
    findings = check_raw(with_other(raw, sources=sources), faults_only=True)
    assert lines_are_safe(*map(str, findings))
    faulted = {one.row for one in findings if one.file == "sources.json" and one.column == key}
    may_be_an_id = {"constructor", "prototype", "then", "length", "null", "undefined", "007e5"}
    fine = may_be_an_id if key == "id" else {TEXT_OF_A_LINK} if key in {"URL", "archived", "DOI"} else set()
    assert {payload.text for number, payload in enumerate(PAYLOADS) if number not in faulted} == fine


TEXT_OF_A_LINK = next(payload.text for payload in PAYLOADS if payload.id == "link-user")


@pytest.mark.parametrize("value", [None, 7, True, [], {}, [["x"]], {"__proto__": 1}, "\ud800", 1e308])
def test_a_source_of_other_types_makes_no_exception(raw, value):
    keys = ("author", "issued", "URL", "title", "id", "note", "archived", "publisher")
    sources = tuple([{"id": f"s{n}", key: value} for n, key in enumerate(keys)] + [value])
    findings = check_raw(with_other(raw, sources=sources))
    assert lines_are_safe(*map(str, findings))


def test_names_of_folders_and_files_are_shown_escaped(tmp_path):
    for payload in ACTING:
        name = file_name(payload)
        geometry = tmp_path / name / "geometry"
        geometry.mkdir(parents=True)
        (geometry / f"{name}.geojson").write_text("{", encoding="utf-8")
        header = hostile_case.csv_text([name, name], [])
        (geometry.parent / "claims.csv").write_text(header, encoding="utf-8", newline="")
        for command in ("check", "status"):
            result = run(command, "--", geometry.parent)
            assert result.exit_code == 1, payload.id
            assert lines_are_safe(result.stdout, result.stderr), payload.id


@pytest.mark.parametrize("command", ["check", "status", "find", "networks"])
def test_what_is_asked_for_by_a_hostile_name_is_refused_in_one_safe_line(command):
    for payload in ACTING[: 2 if command == "find" else None]:
        result = run(command, "--", payload.text.replace("\0", ""))
        assert lines_are_safe(result.stderr), payload.id


@pytest.mark.parametrize("command", ["check", "status", "measure"])
def test_the_terminal_shows_every_text_and_obeys_none(folder, command):
    result = run(command, folder)
    assert result.exit_code == 0
    assert lines_are_safe(result.stdout, result.stderr)
    json.loads(run(command, folder, "--json").stdout)
