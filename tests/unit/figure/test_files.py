"""Files: exact size, same bytes, fonts inside, and nothing in a text that could run or break out."""

from __future__ import annotations

import re
import shutil
import subprocess
import xml.etree.ElementTree as ET

import pytest
from click.testing import CliRunner
from figure_cases import small_case
from PIL import Image

from maps.cli.main import main
from maps.figure import fonts
from maps.figure.make import figure

NOTO = "Noto Sans CJK KR"
HOSTILE = '</text><script>alert(1)</script> $\\frac{1}{2}$ & "q" \x07bell \u202eturned'
SHOWN = '</text><script>alert(1)</script> $\\frac{1}{2}$ & "q" \ufffdbell \ufffdturned'


def save(case, path, **options):
    figure(case, path, size="120x90mm", **options)
    return path.read_bytes()


def test_an_svg_has_its_size_in_millimetres(small, tmp_path):
    root = ET.fromstring(save(small, tmp_path / "a.svg"))  # noqa: S314 - our own file
    assert (root.get("width"), root.get("height")) == ("120mm", "90mm")
    _, _, width, height = map(float, root.get("viewBox").split())
    assert width / 72 * 25.4 == pytest.approx(120, abs=0.001)
    assert height / 72 * 25.4 == pytest.approx(90, abs=0.001)


def test_a_pdf_has_its_size(small, tmp_path):
    box = re.search(rb"/MediaBox \[ ?([^\]]+)\]", save(small, tmp_path / "a.pdf"))[1].split()
    assert [float(one) / 72 * 25.4 for one in box[2:]] == pytest.approx([120, 90], abs=0.01)


@pytest.mark.parametrize("dpi", [96, 150, 301])
def test_a_png_has_its_pixels(small, tmp_path, dpi):
    save(small, tmp_path / "a.png", dpi=dpi)
    with Image.open(tmp_path / "a.png") as image:
        assert image.size == (round(120 / 25.4 * dpi), round(90 / 25.4 * dpi))


@pytest.mark.parametrize("kind", ["svg", "pdf", "png"])
def test_the_same_figure_gives_the_same_bytes(small, tmp_path, kind):
    assert save(small, tmp_path / f"a.{kind}") == save(small_case(), tmp_path / f"b.{kind}")


def test_no_date_of_making_is_in_a_file(small, tmp_path):
    assert b"CreationDate" not in save(small, tmp_path / "a.pdf")
    assert b"dc:date" not in save(small, tmp_path / "a.svg")


def test_texts_stand_beside_and_within(small, tmp_path):
    root = ET.fromstring(save(small, tmp_path / "a.svg"))  # noqa: S314 - our own file
    space = "{http://www.w3.org/2000/svg}"
    beside = (tmp_path / "a.svg.txt").read_text(encoding="utf-8")
    assert root.find(f"{space}title").text == "Two ports"
    alt = root.find(f"{space}desc").text
    assert "Two ports by sea (Sea): Asserted, Denied by Otherland" in alt
    assert alt in beside
    assert "Sources" in beside
    assert "A report" in beside
    assert "https://example.org/report" in beside


def test_words_of_an_svg_can_be_found(small, tmp_path):
    root = ET.fromstring(save(small, tmp_path / "a.svg"))  # noqa: S314 - our own file
    texts = {one.text for one in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {"Alpha", "Beta", "Two ports", "Asserted"} <= texts


def test_hostile_text_is_shown_and_does_nothing(tmp_path):
    case = small_case(title=HOSTILE, place=HOSTILE, authors=[HOSTILE])
    content = save(case, tmp_path / "a.svg").decode("utf-8")
    root = ET.fromstring(content)  # noqa: S314 - our own file
    assert "<script" not in content
    assert not [one for one in root.iter() if one.tag.endswith(("script", "foreignObject", "a"))]
    assert root.find("{http://www.w3.org/2000/svg}title").text == SHOWN
    assert "\ufffdbell" in (tmp_path / "a.svg.txt").read_text(encoding="utf-8")
    for kind in ("pdf", "png"):
        assert save(case, tmp_path / f"a.{kind}")


def test_mathematics_in_a_title_is_not_set(tmp_path):
    drawn = figure(small_case(title="Costs $5 and $6, $x^2$ and $\\broken{"), tmp_path / "a.png", size="120x90mm")
    assert any("$x^2$" in one.text for one in drawn.canvas.written)


def installed():
    return NOTO in fonts._installed()


@pytest.mark.parametrize("language", ["ko", "zh", "ru"])
def test_every_letter_has_its_glyph(built_in, tmp_path, language, recwarn):
    if not installed():
        pytest.skip("fonts-noto-cjk is not installed")
    figure(built_in, tmp_path / "a.pdf", language=language, state="on=rail-link&c=42.4,131.0&z=8")
    assert [str(one.message) for one in recwarn] == []


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_pdf_carries_its_fonts_and_its_text(small, tmp_path, language):
    if not shutil.which("pdffonts"):
        pytest.skip("pdffonts of poppler-utils is not installed")
    if not installed():
        pytest.skip("fonts-noto-cjk is not installed")
    save(small, tmp_path / "a.pdf", language=language)
    listed = subprocess.run(["pdffonts", tmp_path / "a.pdf"], capture_output=True, text=True, check=True)  # noqa: S607
    rows = listed.stdout.splitlines()[2:]
    assert rows
    assert listed.stderr == ""
    assert all(re.search(r" yes yes yes ", row) for row in rows)  # embedded, subset, unicode
    text = subprocess.run(["pdftotext", tmp_path / "a.pdf", "-"], capture_output=True, text=True, check=True)  # noqa: S607
    assert ("해상" if language == "ko" else "Asserted") in text.stdout


def test_a_missing_font_is_a_warning_and_the_figure_is_drawn(monkeypatch, tmp_path):
    monkeypatch.setattr(fonts, "_installed", lambda: frozenset({"DejaVu Sans"}))
    with pytest.warns(fonts.MissingFontWarning, match="fonts-noto-cjk"):
        content = save(small_case(title="두만강역"), tmp_path / "a.png")
    assert content


def test_a_failed_figure_leaves_the_old_file(small, tmp_path):
    old = tmp_path / "a.svg"
    old.write_text("old")
    with pytest.raises(ValueError, match="ends in"):
        figure(small, tmp_path / "a.gif")
    with pytest.raises(ValueError, match="at least"):
        figure(small, old, size="60x40mm")
    assert old.read_text() == "old"


def test_the_package_is_the_function_too(small):
    import maps.figure.make  # noqa: PLC0415 - what is tested

    assert maps.figure(small, size="100x80mm").canvas.width == 100


def run(*arguments):
    return CliRunner().invoke(main, ["figure", "dprk-russia", *arguments])


def test_the_command_prints_both_names(tmp_path):
    out = tmp_path / "a.png"
    result = run("-o", str(out), "--dpi", "60", "--state", "c=42.4,131&z=8&on=nowhere", "--lang", "ru")
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines() == [str(out), f"{out}.txt"]
    assert "'nowhere' is not in the case" in result.stderr


def test_by_year_and_by_party_are_small_multiples(tmp_path):
    options = ("--dpi", "60", "--state", "c=42.4,131&z=8&on=sea-shipments&from=2023-09&to=2024-03")
    assert run("-o", str(tmp_path / "a.png"), "--by", "year", *options).exit_code == 0
    assert run("-o", str(tmp_path / "b.png"), "--by", "dprk", "--panels", "party", *options).exit_code == 0


def test_counts_takes_containers_by_itself(tmp_path):
    result = run("-o", str(tmp_path / "a.svg"), "--counts")
    assert result.exit_code == 0, result.output
    assert b"at least 10,000" in (tmp_path / "a.svg").read_bytes()


def test_wrong_use_exits_2(tmp_path):
    assert run("-o", str(tmp_path / "a.gif")).exit_code == 2
    assert run("-o", str(tmp_path / "a.svg"), "--size", "big").exit_code == 2
    assert run("-o", str(tmp_path / "a.svg"), "--lang", "xx").exit_code == 2
