"""What the page makes of its document: the page's own JavaScript, run by Node."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

SCRIPT = Path(__file__).parents[2] / "js" / "project.js"


def projected(document: dict, *lenses: dict, language: str = "en") -> list[dict]:
    """Return the document through each lens (`known`, `by`, `from`, `to`)."""
    node = shutil.which("node")
    assert node, "the tests of the page need Node; install nodejs"
    asked = {"facts": document, "lenses": lenses, "language": language}
    done = subprocess.run([node, SCRIPT], input=json.dumps(asked), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
