"""A small working case to start from."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from routes.replacing import finish, replace_files, write_new

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
    texts = {file.name: file.read_text(encoding="utf-8") for file in sorted(FILES.iterdir())}
    if not (target.is_symlink() or target.exists()):
        write_new(target, texts)
        return target
    if not target.is_dir():
        msg = f"{str(folder)!r} is a file; name a folder that does not exist yet"
        raise FileExistsError(msg)
    finish(target)
    if any(target.iterdir()):
        msg = f"{str(folder)!r} is not empty; name a folder that does not exist yet, or an empty one"
        raise FileExistsError(msg)
    # it may be the folder in which a shell stands, and so remains the same folder
    replace_files(target, texts, [])
    return target
