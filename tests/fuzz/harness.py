"""Coverage-guided fuzzing of one reader: `python tests/fuzz/harness.py KIND SEEDS [options of libFuzzer]`.

`SEEDS` is a folder that is filled with a sound file of that kind and then with what reaches new code. A traceback
ends the run, and what caused it is saved (`-artifact_prefix=`).
"""

from __future__ import annotations

import sys
import warnings
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["routes", "maps", "tomllib"]):
    import fuzz_readers


def main():
    """Fuzz the reader that the command line names."""
    kind, folder = sys.argv[1], Path(sys.argv[2])
    warnings.simplefilter("ignore")
    files = fuzz_readers.seeds()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "seed").write_bytes(files[kind])

    def one(content):
        fuzz_readers.read(kind, content, files)

    atheris.Setup([sys.argv[0], str(folder), *sys.argv[3:]], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
