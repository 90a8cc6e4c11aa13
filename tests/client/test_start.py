"""The client starts at once: nothing heavy is imported before it is needed."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    ("module", "absent"),
    [
        ("wargame.client.session", ["textual", "rich", "yaml", "wargame.rules", "wargame.engine.game"]),
        ("wargame.client.run", ["textual", "websockets", "msgpack"]),
        ("wargame.client.tui.app", ["websockets", "wargame.client.tui.screens", "wargame.client.tui.panes"]),
    ],
)
def test_imports(module: str, absent: list[str]) -> None:
    code = f"import sys, {module}; print([name for name in {absent!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
