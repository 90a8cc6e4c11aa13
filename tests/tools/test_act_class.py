"""A small class is acted out from the door to the review: every scene is played, and nothing acknowledged is lost."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from wargame_server.journal.chronicle import read_chronicles

ROOT = Path(__file__).parents[2]


def test_a_class_is_acted_out(tmp_path: Path) -> None:
    journal = tmp_path / "class.sqlite3"
    command = [sys.executable, str(ROOT / "tools" / "act_class.py"), "--auto", "--scenario", "bridge_week"]
    command += ["--tables", "2", "--students", "6", "--speed", "150", "--journal", str(journal)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"^All \d+ commands acknowledged are in the journal\.$", done.stdout, re.M)
    chronicles = read_chronicles(journal)
    assert len(chronicles) == 3, "two tables and a fork of one"
    assert all(chronicle.complete for chronicle in chronicles)
    assert sum(chronicle.forked is not None for chronicle in chronicles) == 1
    assert any(not entry.live for chronicle in chronicles for entry in chronicle.entries), "one game was set back"
