"""The words of a page in four languages, with nothing of the map around them."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from maps import assets
from maps.route_map import RouteMap

pytestmark = pytest.mark.browser

# stands in for the script that puts the page together
MOUNT = """
Waybill.mount = function (map) {
  const node = document.getElementById('waybill-words');
  Waybill.words.load(node && JSON.parse(node.textContent));
  const container = map.getContainer();
  const chosen = [];
  const speak = (code) => {
    Waybill.languages.follow(container, Waybill.words.use(code));
    languages.update();
  };
  const languages = Waybill.languages.create({
    set: (changes) => {
      chosen.push(changes);
      speak(changes.lang);
    }
  });
  container.classList.add('waybill');
  const corner = Waybill.dom.el('div', {class: 'wb-panel'}, languages.node);
  container.appendChild(corner);
  speak('en');
  window.waybillTest = {chosen, languages};
};
"""
NAMES = ["English", "한국어", "Русский", "中文"]


@pytest.fixture
def shown(page, tmp_path, monkeypatch):
    def open_map():
        own = [assets._own_text("static", name) for name in ("dom.js", "words.js", "languages.js")]
        styles = [assets._own_text("static", name) for name in ("page.css", "languages.css")]
        monkeypatch.setattr(assets, "static_texts", lambda kind: [*own, MOUNT] if kind == "js" else styles)
        RouteMap(basemap=False).save(tmp_path / "map.html")
        page.goto((tmp_path / "map.html").as_uri())
        return page

    return open_map


def test_each_language_is_offered_in_its_own_name(shown):
    select = shown().get_by_role("combobox", name="Language", exact=True)

    expect(select.get_by_role("option")).to_have_text(NAMES)
    expect(select).to_have_value("en")
    assert select.get_by_role("option").evaluate_all("all => all.map((one) => one.lang)") == list(assets.LANGUAGES)


@pytest.mark.parametrize(
    ("code", "name", "label", "closer"),
    [("ko", "한국어", "언어", "확대"), ("ru", "Русский", "Язык", "Приблизить"), ("zh", "中文", "语言", "放大")],
)
def test_choosing_a_language_changes_the_page_and_keeps_the_focus(shown, code, name, label, closer):
    page = shown()
    page.get_by_role("combobox", name="Language", exact=True).select_option(name)

    select = page.get_by_role("combobox", name=label, exact=True)
    expect(select).to_have_value(code)
    expect(page.get_by_role("button", name=closer, exact=True)).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == code
    expect(page.locator(".waybill")).to_have_attribute("lang", code)
    assert page.evaluate("window.waybillTest.chosen") == [{"lang": code}]
    select.focus()
    page.keyboard.press("Home")
    expect(page.get_by_role("combobox", name="Language", exact=True)).to_be_focused()


def test_a_language_of_the_case_that_nobody_translated_leaves_english(shown):
    page = shown()

    assert page.evaluate("Waybill.words.use('tlh')") == "en"
    expect(page.get_by_role("combobox", name="Language", exact=True)).to_be_visible()


def test_a_page_that_lacks_a_word_shows_its_key_and_has_no_fault(shown, monkeypatch):
    monkeypatch.setattr(assets, "page_words", lambda: {"en": {"groups": {}}})

    expect(shown().get_by_role("combobox", name="language", exact=True)).to_be_visible()


def test_words_are_never_markup(shown, monkeypatch):
    hostile = '</script><img src=x onerror="fail()"><b>'
    monkeypatch.setattr(assets, "page_words", lambda: {"en": {"language": hostile, "groups": {}}})
    page = shown()

    expect(page.locator(".wb-language > span")).to_have_text(hostile)
    expect(page.locator("img, b")).to_have_count(0)
