"""A small class is acted out from the door to the review: no scene goes wrong, and nothing acknowledged is lost."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from wargame_server.journal.chronicle import read_chronicles

ROOT = Path(__file__).parents[2]


def test_a_class_is_acted_out(tmp_path: Path) -> None:
    journal = tmp_path / "class.sqlite3"
    command = [sys.executable, str(ROOT / "tools" / "act_class.py"), "--auto", "--scenario", "practice"]
    command += ["--tables", "2", "--students", "6", "--speed", "110", "--journal", str(journal)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False, cwd=tmp_path)
    # On a slow machine a game may be over before the facilitator has come to every scene: that alone is no fault.
    failed = [line for line in done.stdout.splitlines() if line.startswith("FAILED") and "never came to it" not in line]
    assert not failed, done.stdout
    assert not done.stderr
    assert re.search(r"^All \d+ commands acknowledged are in the journal\.$", done.stdout, re.M), done.stdout
    played = re.findall(r"^Played: (.+)$", done.stdout, re.M)
    assert len(played) >= 5, done.stdout
    chronicles = read_chronicles(journal)
    assert all(chronicle.complete for chronicle in chronicles)
    assert [chronicle.name for chronicle in chronicles if chronicle.forked] == ["Table 3"] * ("fork" in played)
    went_back = any(not entry.live for chronicle in chronicles for entry in chronicle.entries)
    assert went_back == ("rewind" in played)
