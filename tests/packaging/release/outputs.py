"""Run every command of an installed Waybill in an empty folder; what it writes is left there to be compared.

    python outputs.py FOLDER

Runs with the interpreter of the environment that is tested, and needs nothing but the package.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

CASE = "dprk-russia"
FORMATS = ("geojson", "gpkg", "kml", "gpx", "parquet", "xlsx", "csv")
FIGURES = ("svg", "pdf", "png")
WAYBILL = str(Path(sys.executable).with_name("waybill"))


def waybill(folder: Path, *arguments: str) -> str:
    result = subprocess.run(
        [WAYBILL, *arguments], cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False, timeout=300
    )
    if result.returncode:
        sys.exit(
            f"waybill {' '.join(arguments)}: exit {result.returncode}\n{result.stdout[-1000:]}{result.stderr[-3000:]}"
        )
    return result.stdout


def keep(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, encoding="utf-8", newline="")


def check_place() -> None:
    """The modules are those of the environment, not of a checkout."""
    import geodata  # noqa: PLC0415 - after the command line is read
    import maps  # noqa: PLC0415 - as above
    import routes  # noqa: PLC0415 - as above

    for module in (geodata, routes, maps):
        if "site-packages" not in Path(module.__file__).parts or not module.__file__.startswith(sys.prefix):
            sys.exit(f"{module.__name__} comes from {module.__file__}, not from the installed package")
    geodata.registry.verify()


def main() -> None:
    folder = Path(sys.argv[1]).resolve()
    check_place()
    print(waybill(folder, "--version").strip())
    keep(folder, "cases.txt", waybill(folder, "cases"))
    names = [line.split("\t")[0] for line in (folder / "cases.txt").read_text(encoding="utf-8").splitlines()]
    for name in names:
        keep(folder, f"check-{name}.txt", waybill(folder, "check", name))
        waybill(folder, "render", name, "-o", f"{name}.html")
        waybill(folder, "verify", f"{name}.html", name)
    for command in (("measure", CASE), ("status", CASE), ("find", "Vladivostok"), ("networks", "sea")):
        keep(folder, f"{command[0]}.txt", waybill(folder, *command))
    for ending in FIGURES:
        waybill(folder, "figure", CASE, "-o", f"figure.{ending}")
    for ending in FORMATS:
        waybill(folder, "export", CASE, "-o", f"case.{ending}")
    for ending in ("gpkg", "xlsx"):
        waybill(folder, "import", f"case.{ending}", "-o", f"from-{ending}")
        waybill(folder, "check", f"from-{ending}")
    for way in ("iframe", "markdown", "quarto", "wordpress", "script"):
        file = () if way == "script" else (f"{CASE}.html",)
        keep(folder, f"embed-{way}.txt", waybill(folder, "embed", *file, "--as", way))
    waybill(folder, "init", "first")
    waybill(folder, "render", "first", "-o", "first.html")


if __name__ == "__main__":
    main()
