"""The bill of materials, as CycloneDX: what is installed, with the weights beside it, and nothing under terms that nobody has looked at.

`cyclonedx-py environment … | python deploy/bill.py > isnad.cdx.json`; `make sbom` does both. Ends with status 1 where a licence is not listed here.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from license_expression import LicenseSymbol, get_spdx_licensing

Json = dict[str, Any]

MANIFEST = Path(__file__).resolve().parent.parent / "models" / "manifest.json"
WEIGHTS = "machine-learning-model"

ALLOWED = frozenset(
    {"0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0", "CC0-1.0", "CNRI-Python", "ISC", "MIT", "MPL-1.1", "MPL-2.0", "PSF-2.0", "Zlib"}
)
ALLOWED_NAMES = frozenset(
    f"License :: OSI Approved :: {name}" for name in ("Apache Software License", "BSD License", "MIT License", "Mozilla Public License 2.0 (MPL 2.0)")
)
SAID_IN_WORDS: Mapping[str, str] = {"protobuf": "BSD-3-Clause", "stanza": "Apache-2.0"}
"""Licences that a package's metadata gives in a way the tool does not read."""
KNOWN_EXCEPTIONS: Mapping[str, str] = {
    "udapi": "GPL-3.0-or-later: needed by udtools",
    "udtools": "GPL-2.0-or-later: evaluation tools that Stanza imports; an image passed on must offer their source",
}


def bill_of(found: Json, manifest: Mapping[str, Any]) -> Json:
    """Return the bill `found` in an environment, with licences said in words made plain, and the weights of `manifest`."""
    weights = list(_weights(manifest))
    root = found["metadata"]["component"]["bom-ref"]
    needs = {entry["ref"]: entry.get("dependsOn", []) for entry in found["dependencies"]}
    needs |= {root: [*needs.get(root, []), *(file["bom-ref"] for file in weights)], **{file["bom-ref"]: [] for file in weights}}
    return {
        **found,
        "components": [*map(_licensed, found["components"]), *weights],
        "dependencies": [{"ref": ref, "dependsOn": sorted(on)} if on else {"ref": ref} for ref, on in sorted(needs.items())],
    }


def unknown_terms(bill: Json) -> list[str]:
    """Return the components under terms that are neither allowed nor a known exception; the weights have their card."""
    packages = (component for component in bill["components"] if component["type"] != WEIGHTS)
    return [package["name"] for package in packages if package["name"] not in KNOWN_EXCEPTIONS and not _allowed(package.get("licenses", []))]


def fault(bill: Json) -> str | None:
    """Return what in the bill is not CycloneDX, or nothing."""
    error = JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(bill))
    return None if error is None else str(error)


def _weights(manifest: Mapping[str, Any]) -> Iterator[Json]:
    for name, file in manifest["files"].items():
        yield {
            "type": WEIGHTS,
            "bom-ref": f"models/{name}",
            "name": name,
            "version": manifest["version"],
            "hashes": [{"alg": "SHA-256", "content": file["sha256"]}],
            "licenses": [{"license": {"name": "Terms of what it was trained on: models/README.md"}}],
        }


def _licensed(component: Json) -> Json:
    said = SAID_IN_WORDS.get(component["name"])
    return {**component, "licenses": [{"license": {"id": said}}]} if said and not component.get("licenses") else component


def _allowed(licences: Iterable[Mapping[str, Any]]) -> bool:
    """Tell whether one of the licences that a package names is allowed; a package that names none is not."""
    for entry in licences:
        licence = entry.get("license", {})
        if licence.get("name") in ALLOWED_NAMES:
            return True
        said = entry.get("expression") or licence.get("id")
        if said and _satisfied(get_spdx_licensing().parse(said)):
            return True
    return False


def _satisfied(expression: Any) -> bool:
    if isinstance(expression, LicenseSymbol):
        return expression.key in ALLOWED
    if hasattr(expression, "license_symbol"):  # … WITH an exception, which only ever allows more
        return expression.license_symbol.key in ALLOWED
    return (any if expression.operator.strip() == "OR" else all)(map(_satisfied, expression.args))


def main() -> int:
    """Read what was found, write the bill; return the exit status."""
    bill = bill_of(json.load(sys.stdin), json.loads(MANIFEST.read_text("utf-8")))
    for name in unknown_terms(bill):
        sys.stderr.write(f"{name}: licence not among those of deploy/bill.py\n")
    if error := fault(bill):
        sys.stderr.write(f"not CycloneDX: {error}\n")
    sys.stdout.write(json.dumps(bill, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
    return int(bool(unknown_terms(bill) or error))


if __name__ == "__main__":
    sys.exit(main())
