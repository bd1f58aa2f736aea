"""The worker of the server: loaded whole, and left in peace by the look for cycles."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
LOAD = """
import gc, sys
from tools.server import load
load("portal.wsgi:application")
print(gc.get_freeze_count(), len(gc.get_objects()), "directory.views" in sys.modules)
"""


def test_loaded_worker_has_all_views_and_looks_through_none_of_it_for_cycles(tmp_path):
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portal.settings.test",
        "PORTAL_DATA": str(tmp_path),
    }
    found = subprocess.run(
        [sys.executable, "-c", LOAD], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    frozen, looked_through, has_views = found.stdout.split()
    assert has_views == "True"
    assert int(frozen) > 100_000
    assert int(looked_through) < int(frozen) / 10
