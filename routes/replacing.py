"""The files of a case folder, replaced together: a case is old or new, and a machine that stops loses neither.

New files are written whole into a folder beside the old ones, which are copied there too. Then a plan is written, and
from there on the write counts: files are renamed into their places, and the folder goes. What stops before the plan
leaves the old case as it was. What stops after it leaves a case that `check` refuses and that the next write finishes.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from routes.output import told_as, write_synced, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

PREFIX: Final = ".writing-"
"""How the folder of a write is called, inside the case folder."""
_PLAN: Final = "plan.json"
_LOCK: Final = "lock"


def write_new(target: Path, texts: Mapping[str, str]) -> None:
    """Write files as a folder that does not exist yet: all of it or nothing.

    Parameters
    ----------
    target
        The folder; missing folders above it are made.
    texts
        Text of each file by its name in the folder.

    Raises
    ------
    OSError
        If it cannot be written, or stands by now; nothing is left behind then.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as beside:
        whole = Path(beside) / target.name
        whole.mkdir()
        _write(whole, texts)
        whole.rename(target)


def replace_files(target: Path, texts: Mapping[str, str], stale: Sequence[str]) -> None:
    """Put files into a folder in place of others: all of them or none.

    Parameters
    ----------
    target
        The folder, which remains the same folder; files that are not named stay as they are.
    texts
        Text of each new file by its name in the folder. Permissions of a file that it replaces are kept; a link is
        replaced and never written through.
    stale
        Names of files that go.

    Raises
    ------
    OSError
        If a file cannot be written; all are as they were then.
    """
    beside = Path(tempfile.mkdtemp(prefix=PREFIX, dir=target))
    with _locked(beside):
        try:
            _write(beside / "new", texts)
            there = _keep(beside, target, [*texts, *stale], texts)
            plan = {"way": "forward", "new": list(texts), "stale": list(stale), "old": there}
            _put_plan(beside, plan)
        except BaseException:
            _remove(beside)
            raise
        try:
            _forward(beside, target, plan)
        except BaseException:
            # what fails here as well is left, with its plan, to the next write
            plan = {**plan, "way": "back"}
            _put_plan(beside, plan)
            _back(beside, target, plan)
            _remove(beside)
            raise
        _remove(beside)


def unfinished(folder: Path) -> list[str]:
    """Return the names of the folders of writes that were stopped after their plan, so that the case is half old."""
    with suppress(OSError):
        return sorted(path.name for path in folder.glob(f"{PREFIX}*") if os.path.lexists(path / _PLAN))
    return []


def finish(target: Path) -> None:
    """Finish writes that were stopped after their plan, and remove what is left of those stopped before.

    Raises
    ------
    FileExistsError
        If another process is writing, or a plan is not one that this module wrote.
    OSError
        If a file cannot be put into its place.
    """
    for beside in sorted(target.glob(f"{PREFIX}*")):
        if beside.is_symlink() or not beside.is_dir():
            msg = f"{str(beside)!r} is no folder that Waybill left behind; remove it"
            raise FileExistsError(msg)
        with _locked(beside):
            plan = _read_plan(beside)
            if plan is not None:
                (_forward if plan["way"] == "forward" else _back)(beside, target, plan)
            _remove(beside)


def _write(folder: Path, texts: Mapping[str, str]) -> None:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        with told_as(name):
            write_synced(file, text.encode())


def _keep(beside: Path, target: Path, names: Sequence[str], new: Mapping[str, str]) -> list[str]:
    """Copy the old files, give the new ones their permissions, and return the names of those that there were."""
    there = [name for name in names if os.path.lexists(target / name)]
    for name in there:
        copy = beside / "old" / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(target / name, copy, follow_symlinks=False)
        if name in new and (target / name).exists():
            shutil.copymode(target / name, beside / "new" / name)
    return there


def _put_plan(beside: Path, plan: Mapping[str, Any]) -> None:
    write_whole(beside / _PLAN, json.dumps(plan, ensure_ascii=False).encode())


def _remove(beside: Path) -> None:
    """Remove the folder of a write, its plan first: without it nobody takes the rest for a write to be finished."""
    with suppress(OSError):
        (beside / _PLAN).unlink(missing_ok=True)
    shutil.rmtree(beside, ignore_errors=True)


def _read_plan(beside: Path) -> dict[str, Any] | None:
    """Return the plan of a write, None if it was stopped before there was one.

    Raises
    ------
    FileExistsError
        If it names what is no file of a case: somebody else wrote it.
    """
    from routes.errors import ExchangeError  # noqa: PLC0415 - only where a write was stopped
    from routes.formats.reading import checked_name  # noqa: PLC0415 - as above

    path = beside / _PLAN
    if not os.path.lexists(path):
        return None
    try:
        if path.is_symlink():
            msg = "a link"
            raise ValueError(msg)  # noqa: TRY301 - one message for all that can be wrong
        plan = json.loads(path.read_text(encoding="utf-8"))
        for folder in (beside, beside / "new", beside / "old"):
            for part in (folder, folder / "geometry"):
                if part.is_symlink():
                    msg = "a link"
                    raise ValueError(msg)  # noqa: TRY301 - as above
        for key in ("new", "stale", "old"):
            for name in plan[key]:
                checked_name(beside.name, name)
        if plan["way"] not in ("forward", "back"):
            raise ValueError(plan["way"])  # noqa: TRY301 - as above
    except (ValueError, KeyError, TypeError, RecursionError, ExchangeError) as err:
        msg = f"{str(beside)!r} holds no plan that Waybill wrote; look into it, and remove it"
        raise FileExistsError(msg) from err
    return dict(plan)


def _forward(beside: Path, target: Path, plan: Mapping[str, Any]) -> None:
    """Rename new files into their places and remove stale ones; what is done already is left alone."""
    for name in plan["new"]:
        new = beside / "new" / name
        if os.path.lexists(new):
            (target / name).parent.mkdir(exist_ok=True)
            new.replace(target / name)
    for name in plan["stale"]:
        (target / name).unlink(missing_ok=True)


def _back(beside: Path, target: Path, plan: Mapping[str, Any]) -> None:
    """Put the old files back and remove new ones; what is done already is left alone."""
    for name in [*plan["new"], *plan["stale"]]:
        if name not in plan["old"]:
            (target / name).unlink(missing_ok=True)
        elif os.path.lexists(beside / "old" / name):
            (beside / "old" / name).replace(target / name)


@contextmanager
def _locked(beside: Path) -> Iterator[None]:
    """Hold the folder of a write, so that another process does not take it for one that was stopped.

    Raises
    ------
    FileExistsError
        If another process holds it.
    """
    try:
        import fcntl  # noqa: PLC0415 - there is none on Windows, where an open file cannot be removed anyway
    except ImportError:
        yield
        return
    descriptor = os.open(beside / _LOCK, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as err:
            msg = f"another process is writing the case {str(beside.parent)!r}; wait until it is done"
            raise FileExistsError(msg) from err
        yield
    finally:
        os.close(descriptor)
