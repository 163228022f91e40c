"""Lines that were routed once, kept in the user's cache folder, so that the same case is not routed twice.

A cache can be thrown away at any time: an entry that is missing, broken or from another version is made anew, and a
folder that cannot be written is done without.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from functools import cache
from pathlib import Path
from typing import Any, Final

from routes import limits

PACKAGED: Final = Path(__file__).parent / "cases" / "lines.json"
"""Lines of the built-in cases, written by `python -m routes.cache` (`make lines`); a test holds them to the cases."""
OFF: Final = "off"
FOLDER_VARIABLE: Final = "WAYBILL_CACHE"
"""Environment variable that names another folder; empty or `off` switches the cache off."""


def cache_folder() -> Path | None:
    """Return the folder of the cache, or None if it is switched off."""
    chosen = os.environ.get(FOLDER_VARIABLE)
    if chosen is not None:
        return None if chosen.lower() in {"", OFF} else Path(chosen)
    from platformdirs import user_cache_path  # noqa: PLC0415 - only where lines are routed

    return user_cache_path("waybill")


def key(request: dict[str, Any]) -> str:
    """Return the name under which the answer to a request is kept: a hash of all that it depends on."""
    text = json.dumps(request, sort_keys=True, ensure_ascii=True, allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


@cache
def data_version(*prefixes: str) -> str:
    """Return a hash of the registered data files whose names begin so: what kept answers depend on."""
    from geodata.registry import sources  # noqa: PLC0415 - only where something is kept

    files = sorted(f"{one['file']} {one['sha256']}" for one in sources() if one["file"].startswith(prefixes))
    return hashlib.sha256("\n".join(files).encode()).hexdigest()[:16]


@cache
def packaged() -> dict[str, Any]:
    """Return the lines of the built-in cases, which come with the package; empty if they are missing or broken."""
    try:
        lines = json.loads(PACKAGED.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return lines if isinstance(lines, dict) else {}


def load(name: str) -> dict[str, Any] | None:
    """Return what is kept under a name, or None if there is nothing sound."""
    if os.environ.get(FOLDER_VARIABLE, "").lower() != OFF and isinstance(kept := packaged().get(name), dict):
        return kept
    folder = cache_folder()
    if folder is None:
        return None
    entry = folder / f"{name}.json"
    try:
        if not limits.is_regular(entry):
            return None
        kept = json.loads(entry.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    return kept if isinstance(kept, dict) and kept.get("key") == name else None


def keep(name: str, answer: dict[str, Any]) -> None:
    """Keep an answer; written beside and renamed, so that two processes never read half of it."""
    folder = cache_folder()
    if folder is None:
        return
    beside = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor, beside = tempfile.mkstemp(dir=folder, prefix=f".{name}-")
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump({"key": name, **answer}, file, allow_nan=False)
        Path(beside).replace(folder / f"{name}.json")
    except OSError:
        if beside is not None:
            Path(beside).unlink(missing_ok=True)


def main() -> None:
    """Write the lines of the built-in cases into the package, made anew."""
    from routes.folder import built_in_cases  # noqa: PLC0415 - reading a case imports this module
    from routes.reading import read_case  # noqa: PLC0415 - as above

    with tempfile.TemporaryDirectory() as folder:
        os.environ[FOLDER_VARIABLE] = folder
        PACKAGED.unlink(missing_ok=True)
        packaged.cache_clear()
        for name in built_in_cases():
            _ = read_case(name).legs
        entries = {
            path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(Path(folder).glob("*.json"))
        }
    text = ",\n".join(f"{json.dumps(key)}: {json.dumps(entry, sort_keys=True)}" for key, entry in entries.items())
    PACKAGED.write_text(f"{{\n{text}\n}}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
