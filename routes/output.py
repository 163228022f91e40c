"""Files that are written whole or not at all."""

import errno
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Write a file beside its place and rename it, so that readers see the old or the new one.

    Parameters
    ----------
    path
        Where the file shall stand; a symbolic link there keeps pointing where it did.
    content
        All of it.

    Raises
    ------
    OSError
        If the folder is missing or cannot be written, the disk is full, or a device or pipe is there; it names the
        file, and what stood there is as it was.
    """
    target = path.resolve()
    if target.exists() and not (target.is_file() or target.is_dir()):
        # a file renamed over it would take its place
        raise FileExistsError(errno.EEXIST, "is a device or a pipe; give the name of a file", str(path))
    beside = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        # what cannot be written is the file that was asked for: the one beside it is nobody's concern
        with told_as(str(path)):
            write_synced(beside, content)
            if target.exists():
                beside.chmod(target.stat().st_mode & 0o777)
            beside.replace(target)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise


def is_one_of(path: Path, others: Iterable[Path]) -> bool:
    """Return whether a file is there and one of some others, under whatever name it was given.

    Raises
    ------
    OSError
        If a file cannot be reached.
    """
    return path.exists() and any(one.exists() and path.samefile(one) for one in others)


def write_synced(path: Path, content: bytes) -> None:
    """Write a file that is not there yet, down to the disk.

    Raises
    ------
    OSError
        If it is there, or cannot be written; a part of it may stand then.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def told_as(name: str) -> Iterator[None]:
    """Name a file in the errors of the system that are met within, in place of that with which it met them.

    Raises
    ------
    OSError
        The same error, of that name.
    """
    try:
        yield
    except OSError as err:
        if err.errno is None:
            raise
        raise OSError(err.errno, err.strerror, name) from err
