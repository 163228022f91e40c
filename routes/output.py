"""Files that are written whole or not at all."""

import os
import secrets
from contextlib import suppress
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
        If the folder is missing or cannot be written, or the disk is full; it names the file, and what stood there is
        as it was.
    """
    target = path.resolve()
    beside = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            beside.chmod(target.stat().st_mode & 0o777)
        beside.replace(target)
    except BaseException as err:
        with suppress(OSError):
            beside.unlink()
        if isinstance(err, OSError) and err.errno is not None:
            # what cannot be written is the file that was asked for: the one beside it is nobody's concern
            raise OSError(err.errno, err.strerror, str(path)) from err
        raise
