"""Writes what the pages say of the code from the code: `python docs/tables.py`; a test holds them together.

The tables of `case-format.md` come from `routes.schema` and `routes.limits`, those of `sources.md` from
`geodata/sources.toml`, and the names of `python.md` from the docstrings.
"""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geodata import registry
from routes import limits, schema

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
PAGES = [HERE / "case-format.md", HERE / "sources.md", HERE / "python.md"]
BLOCK = re.compile(r"(<!-- (table|sources|names|limits)(?: ([\w.]+))? -->\n).*?(<!-- end -->)", re.DOTALL)
WIDTH = 88  # of a signature on one line of the page
KINDS = {
    "id": "id", "text": "text", "number": "number", "date": "EDTF date", "word": "one word", "words": "words",
    "ref": "id", "refs": "ids", "names": "names", "codes": "country codes",
}  # fmt: skip


def table(name: str) -> str:
    """Return the Markdown table of one CSV file."""
    lines = ["| column | holds | meaning |", "|---|---|---|"]
    for column in schema.TABLES[name].columns:
        title = f"**{column.name}**" if column.required else column.name
        targets = f" of {' or '.join(_file(target) for target in column.to)}" if column.to else ""
        words = f": {', '.join(f'`{word}`' for word in column.words)}" if column.words else ""
        lines.append(f"| {title} | {KINDS[column.kind]}{targets}{words} | {column.meaning} |")
    return "\n".join(lines) + "\n"


def _file(target: str) -> str:
    return {"layers": "case.toml", "sources": "sources.json", "passages": "`waybill networks sea`"}.get(
        target, f"{target}.csv"
    )


def limits_table(_: str) -> str:
    """Return the table of what a file may hold at most."""
    lines = ["| what | at most | why | to allow more, set |", "|---|---|---|---|"]
    lines += [f"| {one.covers} | {one} | {one.why} | `{one.variable}` |" for one in limits.ALL]
    return "\n".join(lines) + "\n"


def sources(_: str) -> str:
    """Return one table of the sources with their files, and what was changed in each file."""
    entries = registry.sources()
    used: dict[tuple[str, ...], list[str]] = {}
    for entry in entries:
        for part in (entry, *entry.get("also", ())):
            key = tuple(part[name] for name in ("source", "url", "version", "licence", "licence_url", "attribution"))
            used.setdefault(key, []).append(f"`{entry['file']}`")
    lines = ["| source | version | licence | credit | files |", "|---|---|---|---|---|"]
    for (source, url, version, licence, licence_url, credit), files in sorted(used.items()):
        names = ", ".join(sorted(files))
        lines.append(f"| [{source}]({url}) | {version} | [{licence}]({licence_url}) | {credit} | {names} |")
    lines += ["", "| file | holds | changes |", "|---|---|---|"]
    lines += [f"| `{entry['file']}` | {entry['title']} | {entry['changes']} |" for entry in entries]
    return "\n".join(lines) + "\n"


def names(module: str) -> str:
    """Return signature and first words of every public name of a module."""
    home = import_module(module)
    listed = getattr(home, "__all__", None) or [
        name
        for name, thing in vars(home).items()
        if not name.startswith("_")
        and (inspect.isclass(thing) or inspect.isfunction(thing))
        and thing.__module__ == module
    ]
    lines = []
    for name in sorted(listed, key=str.casefold):
        lines += _entry(f"{module}.{name}", name, getattr(home, name))
    return "\n".join(lines).rstrip("\n") + "\n"


def _entry(title: str, name: str, thing: Any) -> Iterator[str]:  # noqa: ANN401 - whatever is public
    yield f"### {title}\n"
    if not inspect.isclass(thing) and not inspect.isfunction(inspect.unwrap(thing)):
        yield f"{str(thing).replace('typing.', '')}\n"
        return
    yield f"```text\n{_broken(_signature(name, thing))}\n```\n"
    yield f"{_first_paragraph(thing)}\n"
    if inspect.isclass(thing):
        members = [(key, value) for key, value in vars(thing).items() if not key.startswith("_")]
        for key, value in members:
            if key in getattr(thing, "_fields", ()):
                continue  # the signature has it
            function = value.fget if isinstance(value, property) else getattr(value, "__func__", value)
            function = getattr(function, "func", function)  # cached_property
            if inspect.isfunction(function):
                shown = key if function is not value and not isinstance(value, classmethod) else _signature(key, value)
                yield f"- `{shown}`: {_first_paragraph(function)}"
        if members:
            yield ""


def _broken(signature: str) -> str:
    """Return a signature with one parameter a line where it is long."""
    if len(signature) <= WIDTH:
        return signature
    head, _, rest = signature.partition("(")
    parts, depth = [""], 0
    for letter in rest:
        depth += (letter in "[(") - (letter in "])")
        if letter == "," and depth == 0:
            parts.append("")
        elif depth < 0:
            break
        else:
            parts[-1] += letter
    inside = ",\n".join(f"    {part.strip()}" for part in parts)
    return f"{head}(\n{inside},\n){rest[len(','.join(parts)) + 1 :]}"


def _signature(name: str, thing: Any) -> str:  # noqa: ANN401 - as above
    """Return the signature as it stands in the source: annotations read better there than as objects."""
    function = vars(thing).get("__init__") if inspect.isclass(thing) else getattr(thing, "__func__", thing)
    function = inspect.unwrap(function) if function else None  # functions that remember their answers
    if not inspect.isfunction(function) or _has_fields(thing):
        return f"class {name}{_fields(thing)}"
    node = _node(function)
    if node.args.args and node.args.args[0].arg in {"self", "cls"}:
        del node.args.args[0]
    returns = f" -> {ast.unparse(node.returns)}" if node.returns and not inspect.isclass(thing) else ""
    return f"{'class ' * inspect.isclass(thing)}{name}({ast.unparse(node.args)}){returns}"


def _fields(thing: Any) -> str:  # noqa: ANN401 - as above
    """Return the fields of a data class; other classes without a constructor of their own have none to show."""
    if not _has_fields(thing):
        return ""
    fields = [part for part in _node(thing).body if isinstance(part, ast.AnnAssign)]
    return f"({', '.join(ast.unparse(part).replace(' = ', '=') for part in fields)})"


def _has_fields(thing: Any) -> bool:  # noqa: ANN401 - as above
    return bool({"__dataclass_fields__", "_fields"} & set(vars(thing)))


def _node(thing: Any) -> Any:  # noqa: ANN401 - as above
    """Return a class or function as parsed, annotations without the quotes that only the interpreter needs."""
    node = ast.parse(textwrap.dedent(inspect.getsource(thing))).body[0]
    for part in ast.walk(node):
        for name in ("annotation", "returns"):
            value = getattr(part, name, None)
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                setattr(part, name, ast.parse(value.value, mode="eval").body)
    return node


def _first_paragraph(thing: Any) -> str:  # noqa: ANN401 - as above
    return " ".join((inspect.getdoc(thing) or "").partition("\n\n")[0].split())


WRITERS = {"table": table, "sources": sources, "names": names, "limits": limits_table}


def page(text: str) -> str:
    """Return a page with what comes from the code written anew."""
    return BLOCK.sub(lambda match: f"{match[1]}{WRITERS[match[2]](match[3] or '')}{match[4]}", text)


if __name__ == "__main__":
    for path in PAGES:
        path.write_text(page(path.read_text(encoding="utf-8")), encoding="utf-8")
