"""case.toml: its keys and the layer tree."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from routes import limits, schema
from routes.checking.chains import chain_faults
from routes.findings import Finding, fault, warning
from routes.nearest import near

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from routes.folder import RawCase

_FILE = "case.toml"
_TEXTS = ("title", "summary", "licence", "language", "disclaimer")


def check_layers(raw: RawCase) -> list[Finding]:
    """Return the findings on `case.toml`."""
    if _FILE in raw.unread:
        return []
    layers = raw.meta.get("layer")
    if not isinstance(layers, list) or not layers or not all(isinstance(layer, dict) for layer in layers):
        remedy = "add at least one [[layer]] with id and title"
        return [*_meta(raw.meta), fault(_FILE, None, "layer", "", "is missing", remedy)]
    view = raw.meta.get("view")
    found = [*_meta(raw.meta), *_layers(layers), *_tree(layers), *_view(view, layers), *_groups(raw)]
    return [*found, *_unknown(raw.meta, layers, view)]


def _unknown(meta: Mapping[str, Any], layers: Sequence[Mapping[str, Any]], view: object) -> Iterator[Finding]:
    """Yield a warning for every key that Waybill does not know; it may be a misspelt one."""
    tables: list[tuple[str, Mapping[str, Any], tuple[str, ...]]] = [
        ("", meta, (*schema.META_KEYS, "view", schema.CUT, schema.GROUPS, "layer"))
    ]
    tables += [("view.", view, schema.VIEW_KEYS)] if isinstance(view, dict) else []
    cut = meta.get(schema.CUT)
    tables += [("cut.", cut, schema.CUT_KEYS)] if isinstance(cut, dict) else []
    tables += [(f"layer {number} ", layer, schema.LAYER_KEYS) for number, layer in enumerate(layers, start=1)]
    for prefix, table, known in tables:
        for key in table:
            if key not in known:
                meant = near(key, known)
                remedy = f"did you mean {meant!r}?" if meant else "keep it as a key of your own, or remove it"
                yield warning(_FILE, None, prefix + key, "", "is no key that Waybill knows", remedy)


def _meta(meta: Mapping[str, Any]) -> Iterator[Finding]:
    for key in _TEXTS:
        if key not in meta and key in {"title", "licence"}:
            yield fault(_FILE, None, key, "", "is missing", f'write {key} = "…"')
        elif not isinstance(meta.get(key, ""), str):
            yield fault(_FILE, None, key, str(meta[key]), "is not text", "put it in quotes")
    updated = meta.get("updated")
    if updated is None:
        yield fault(_FILE, None, "updated", "", "is missing", "write the day of the last change: updated = 2026-01-31")
    elif not _is_day(updated):
        yield fault(
            _FILE, None, "updated", str(updated), "is not a day", "write it without quotes: updated = 2026-01-31"
        )
    authors = meta.get("authors", [])
    if not isinstance(authors, list) or not all(isinstance(author, str) for author in authors):
        yield fault(_FILE, None, "authors", str(authors), "is not a list of names", 'write authors = ["…"]')


def _is_day(value: object) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def _layers(layers: Sequence[Mapping[str, Any]]) -> Iterator[Finding]:
    seen: set[str] = set()
    for number, layer in enumerate(layers, start=1):
        name = layer.get("id")
        if not isinstance(name, str) or schema.ID.fullmatch(name) is None:
            remedy = "use lower-case letters, digits and hyphens"
            yield fault(_FILE, None, f"layer {number} id", str(name), "is not an id", remedy)
        elif name in seen:
            yield fault(_FILE, None, f"layer {number} id", name, "stands twice", "give every layer an id of its own")
        else:
            seen.add(name)
        if not isinstance(layer.get("title"), str) or not layer.get("title"):
            yield fault(_FILE, None, f"layer {number} title", str(layer.get("title")), "is not text", "write a title")
        if not isinstance(layer.get("note", ""), str):
            yield fault(_FILE, None, f"layer {number} note", str(layer["note"]), "is not text", "put it in quotes")
        for key in ("on", "open"):
            if not isinstance(layer.get(key, True), bool):
                problem = "is neither true nor false"
                yield fault(_FILE, None, f"layer {number} {key}", str(layer[key]), problem, "write true or false")


def _tree(layers: Sequence[Mapping[str, Any]]) -> Iterator[Finding]:
    above = {str(layer.get("id")): layer.get("parent") for layer in layers}
    upward = {name: parent for name, parent in above.items() if isinstance(parent, str) and parent in above}
    wrong = {name: (problem, remedy) for name, problem, remedy in chain_faults(upward, limits.DEPTH)}
    for number, layer in enumerate(layers, start=1):
        parent = layer.get("parent")
        if parent is not None and (not isinstance(parent, str) or parent not in above):
            remedy = "name a layer of this file, or leave parent out"
            yield fault(_FILE, None, f"layer {number} parent", str(parent), "is no layer", remedy)
            continue
        if (found := wrong.get(str(layer.get("id")))) is not None:
            problem, remedy = found
            yield fault(_FILE, None, f"layer {number} parent", str(parent), problem, remedy or "clear one of them")


def _groups(raw: RawCase) -> Iterator[Finding]:
    """Yield faults for titles that are no text, and a warning for one of a group in which no party is."""
    titles = raw.meta.get(schema.GROUPS, {})
    if not isinstance(titles, dict):
        yield fault(_FILE, None, schema.GROUPS, str(titles), "is not a table", "write it as [groups]")
        return
    used = {name.strip() for row in raw.tables["parties"].rows for name in row.get("groups", "").split(";")}
    for name, title in titles.items():
        if not isinstance(title, str) or not title:
            yield fault(_FILE, None, f"groups.{name}", str(title), "is not text", f'write {name} = "…"')
        elif name not in used:
            remedy = "name it in the column groups of parties.csv, or remove it"
            yield warning(_FILE, None, f"groups.{name}", title, "is the title of a group in which no party is", remedy)


def _view(view: object, layers: Sequence[Mapping[str, Any]]) -> Iterator[Finding]:
    if view is None:
        return
    if not isinstance(view, dict):
        yield fault(_FILE, None, "view", str(view), "is not a table", "write it as [view]")
        return
    ids = {name for layer in layers if isinstance(name := layer.get("id"), str)}
    chosen = view.get("on", [])
    if not isinstance(chosen, list):
        yield fault(_FILE, None, "view.on", str(chosen), "is not a list of layer ids", 'write on = ["…"]')
        chosen = []
    for name in chosen:
        if not isinstance(name, str) or name not in ids:
            yield fault(_FILE, None, "view.on", str(name), "is no layer", "name layers of this file")
    for key in ("known", "from", "to"):
        if key in view and not _is_day(view[key]):
            remedy = "write it without quotes: 2022-11-10"
            yield fault(_FILE, None, f"view.{key}", str(view[key]), "is not a day", remedy)
