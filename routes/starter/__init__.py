"""A small working case to start from."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Final

FILES: Final = Path(__file__).parent / "files"
"""The case as it lies in the package; everything in it is invented."""


def write_starter(folder: str | Path) -> Path:
    """Write a small working case with comments, whole or not at all.

    Parameters
    ----------
    folder
        Where it shall stand: a folder that does not exist yet, or an empty one. Missing folders above it are made.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    FileExistsError
        If there is a file, or a folder that is not empty.
    OSError
        If the folder cannot be written; nothing of the case is left behind then.

    Examples
    --------
    >>> write_starter("my-case").name  # doctest: +SKIP
    'my-case'
    """
    target = Path(folder)
    if target.is_symlink() or target.exists():
        if not target.is_dir():
            msg = f"{str(folder)!r} is a file; name a folder that does not exist yet"
            raise FileExistsError(msg)
        if any(target.iterdir()):
            msg = f"{str(folder)!r} is not empty; name a folder that does not exist yet, or an empty one"
            raise FileExistsError(msg)
        _fill(target)
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as beside:
        whole = Path(beside) / target.name
        whole.mkdir()
        _copy(whole)
        whole.rename(target)
    return target


def _fill(target: Path) -> None:
    """Fill an empty folder, which may be the one that a shell stands in and so must remain the same folder."""
    names = sorted(file.name for file in FILES.iterdir())
    with tempfile.TemporaryDirectory(prefix=".waybill.", dir=target) as inside:
        _copy(Path(inside))
        try:
            for name in names:
                (Path(inside) / name).rename(target / name)
        except BaseException:
            for name in names:
                (target / name).unlink(missing_ok=True)
            raise


def _copy(to: Path) -> None:
    """Copy the texts alone: an installed package may be read-only, and a case is there to be edited."""
    for file in sorted(FILES.iterdir()):
        shutil.copyfile(file, to / file.name)
