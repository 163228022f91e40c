"""The bill of materials of a release, as CycloneDX: packages, data, and the scripts of others that a page carries.

`write` is called by `installed.py` with what pip resolved for the wheel in a clean environment.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
import uuid
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from geodata import registry
from maps import assets

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ROOT = Path(__file__).resolve().parents[3]
NAME = "waybill-maps"
SCHEMA = SchemaVersion.V1_6
# what stands behind the packages whose files a page may carry: name and version at npm, licence, holder
INLINED = {
    "django-js-lib-leaflet": ("leaflet", "1.9.4", "BSD-2-Clause"),
    "XStatic-jquery": ("jquery", "3.7.1", "MIT"),
    "XStatic-Leaflet-MarkerCluster": ("leaflet.markercluster", "1.4.1", "MIT"),
}
PICTURES = ("marker-icon.png", "marker-icon-2x.png", "marker-shadow.png", "layers.png", "layers-2x.png")
# classifiers that say one licence of the SPDX list
CLASSIFIED = {
    "MIT License": "MIT",
    "Apache Software License": "Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
SHORT = 60


def _sha256(digest: str) -> list[HashType]:
    return [HashType(alg=HashAlgorithm.SHA_256, content=digest)]


def _hash(content: bytes) -> list[HashType]:
    return _sha256(hashlib.sha256(content).hexdigest())


def _licence(text: str) -> list[Any]:
    return [LicenseFactory().make_from_string(text)]


def _web(address: str, kind: ExternalReferenceType = ExternalReferenceType.WEBSITE) -> list[ExternalReference]:
    return [ExternalReference(type=kind, url=XsUri(address))]


def licence_of_package(metadata: Mapping[str, Any]) -> list[Any]:
    """Licence as the package states it: an expression, a short text, or a classifier, in this order."""
    short = (metadata.get("license") or "").strip()
    classified = [one.split(" :: ")[-1] for one in metadata.get("classifier", ()) if one.startswith("License ::")]
    said = metadata.get("license_expression") or (short if 0 < len(short) <= SHORT and "\n" not in short else "")
    return _licence(said) if said else [part for one in classified for part in _licence(CLASSIFIED.get(one, one))]


def packages(report: Mapping[str, Any]) -> dict[str, Component]:
    """Packages that pip resolved, by canonical name; without Waybill itself."""
    found = {}
    for item in report["install"]:
        metadata = item["metadata"]
        name = canonicalize_name(metadata["name"])
        if name == NAME:
            continue
        hashes = item.get("download_info", {}).get("archive_info", {}).get("hashes", {})
        purl = PackageURL("pypi", name=name, version=metadata["version"])
        found[name] = Component(
            type=ComponentType.LIBRARY,
            name=metadata["name"],
            version=metadata["version"],
            bom_ref=str(purl),
            purl=purl,
            scope=ComponentScope.REQUIRED,
            description=metadata.get("summary"),
            licenses=licence_of_package(metadata),
            hashes=_sha256(hashes["sha256"]) if "sha256" in hashes else [],
        )
    return found


def needs(report: Mapping[str, Any]) -> dict[str, set[str]]:
    """Canonical names that each package asks for, as far as pip resolved them."""
    known = {canonicalize_name(item["metadata"]["name"]) for item in report["install"]}
    found: dict[str, set[str]] = {}
    for item in report["install"]:
        asked = [Requirement(text) for text in item["metadata"].get("requires_dist", ())]
        found[canonicalize_name(item["metadata"]["name"])] = {
            canonicalize_name(one.name)
            for one in asked
            if (one.marker is None or one.marker.evaluate({"extra": ""})) and canonicalize_name(one.name) in known
        }
    return found


def inlined() -> list[Component]:
    """Scripts, styles and pictures of others that a page may carry; hashes of those whose package is installed."""
    found = []
    for package, (name, version, licence) in INLINED.items():
        files = sorted({(folder, file) for owner, folder, file in assets._PACKAGED.values() if owner == package})
        required = package == assets._LEAFLET
        if required:
            files += [(f"{assets._LEAFLET_FILES}/images", file) for file in PICTURES]
        parts = []
        for folder, file in files:
            path = _installed(package, f"{folder}/{file}")
            parts.append(
                Component(
                    type=ComponentType.FILE,
                    name=file,
                    bom_ref=f"inlined/{name}/{file}",
                    hashes=_hash(path.read_bytes()) if path else [],
                )
            )
        holders = (ROOT / "maps" / "licences" / assets.LICENCES[package]).read_text(encoding="utf-8")
        found.append(
            Component(
                type=ComponentType.LIBRARY,
                name=name,
                version=version,
                bom_ref=f"inlined/{name}",
                purl=PackageURL("npm", name=name, version=version),
                scope=ComponentScope.REQUIRED if required else ComponentScope.OPTIONAL,
                description=f"Carried by map pages, read from the package {package} where it is installed",
                licenses=_licence(licence),
                copyright="; ".join(line for line in holders.splitlines() if line.startswith("Copyright")),
                components=parts,
            )
        )
    return found


def _installed(package: str, path: str) -> Path | None:
    try:
        found = Path(str(distribution(package).locate_file(path)))
    except PackageNotFoundError:
        return None
    return found if found.is_file() else None


def data() -> list[Component]:
    """Files of data as the register names them, each with its sources; and the built-in cases."""
    found = []
    for entry in registry.sources():
        name = f"geodata/data/{entry['file']}"
        sources = [
            Component(
                type=ComponentType.DATA,
                name=part["source"],
                version=part["version"],
                bom_ref=f"{name}#{number}",
                licenses=_licence(part["licence"]),
                copyright=part["attribution"],
                external_references=[
                    *_web(part["url"]),
                    *_web(part["licence_url"], ExternalReferenceType.LICENSE),
                ],
            )
            for number, part in enumerate((entry, *entry.get("also", ())))
        ]
        found.append(
            Component(
                type=ComponentType.DATA,
                name=name,
                bom_ref=name,
                description=f"{entry['title']}. Changes: {entry['changes']}",
                hashes=_sha256(entry["sha256"]),
                components=sources,
            )
        )
    for folder in sorted(path.parent for path in (ROOT / "routes" / "cases").glob("*/case.toml")):
        case = tomllib.loads((folder / "case.toml").read_text(encoding="utf-8"))
        name = f"routes/cases/{folder.name}"
        found.append(
            Component(
                type=ComponentType.DATA,
                name=name,
                bom_ref=name,
                version=str(case["updated"]),
                description=case["title"],
                licenses=_licence(case["licence"]),
            )
        )
    return found


def bill(report: Mapping[str, Any], wheel: Path, time: int) -> str:
    """Text of the bill of materials; equal inputs give equal bytes.

    Raises ValueError if it breaks the schema of CycloneDX.
    """
    _, version, *_ = wheel.name.split("-")
    root = Component(
        type=ComponentType.APPLICATION,
        name=NAME,
        version=version,
        bom_ref=f"pkg:pypi/{NAME}@{version}",
        purl=PackageURL("pypi", name=NAME, version=version),
        licenses=_licence("Apache-2.0"),
        hashes=_hash(wheel.read_bytes()),
    )
    libraries, own = packages(report), [*inlined(), *data()]
    bom = Bom(components=[*libraries.values(), *own])
    bom.metadata.component = root
    bom.metadata.timestamp = datetime.fromtimestamp(time, tz=UTC)
    asked = needs(report)
    _depend(bom, root, [libraries[name] for name in asked.get(NAME, ())] + own)
    for name, library in libraries.items():
        _depend(bom, library, [libraries[other] for other in asked[name]])
    # named after its content, and not by chance
    bom.serial_number = uuid.UUID(int=0)
    bom.serial_number = uuid.uuid5(uuid.NAMESPACE_URL, _text(bom))
    text = _text(bom)
    fault = JsonStrictValidator(SCHEMA).validate_str(text)
    if fault:
        msg = f"the bill of materials breaks CycloneDX {SCHEMA.to_version()}: {fault!r}"
        raise ValueError(msg)
    return text


def _depend(bom: Bom, component: Component, on: Iterable[Component]) -> None:
    bom.register_dependency(component, sorted(on, key=lambda one: str(one.bom_ref.value)))


def _text(bom: Bom) -> str:
    return json.dumps(json.loads(make_outputter(bom, OutputFormat.JSON, SCHEMA).output_as_string()), indent=1) + "\n"


def write(report: Mapping[str, Any], wheel: Path, time: int) -> str:
    """Write the bill of materials beside the wheel and return its name."""
    path = wheel.with_name(re.sub(r"-py3.*", ".cdx.json", wheel.name))
    path.write_text(bill(report, wheel, time), encoding="utf-8")
    return path.name
