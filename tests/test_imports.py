"""What is imported when: the help is quick because it loads nothing heavy, and imports run one way only."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HEAVY = (
    *("textual", "rich", "websockets", "msgpack", "yaml", "cattrs", "structlog", "sqlite3", "asyncio"),
    *("wargame.scenario", "wargame.engine", "wargame.client", "wargame_server"),
)


def loaded(code: str) -> set[str]:
    """Names of the modules that a fresh interpreter holds after running `code`."""
    script = f"{code}\nimport json, sys\nprint('\\n' + json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout.splitlines()[-1]))


def heavy(modules: set[str]) -> list[str]:
    return [name for name in HEAVY if name in modules]


def test_the_help_loads_nothing_heavy() -> None:
    code = "\n".join(
        (
            "import sys",
            "sys.argv = ['wargame', '--help']",
            "from wargame.cli.main import main",
            "try:",
            "    main()",
            "except SystemExit:",
            "    pass",
        )
    )
    assert heavy(loaded(code)) == []


@pytest.mark.parametrize("module", ["demo", "host", "serve", "join", "watch", "check", "preview", "simulate"])
def test_a_subcommand_s_own_help_loads_no_screens(module: str) -> None:
    modules = loaded(f"import wargame.cli.{module}")
    assert [name for name in ("textual", "websockets") if name in modules] == []


def test_the_engine_loads_no_input_or_output() -> None:
    modules = loaded("import wargame.engine.game, wargame.rules.compile")
    assert [name for name in ("asyncio", "websockets", "textual", "sqlite3", "wargame_server") if name in modules] == []


def test_the_server_loads_no_screens() -> None:
    modules = loaded("import wargame_server.app")
    assert [name for name in ("textual", "wargame.client") if name in modules] == []


def test_the_session_needs_no_screen() -> None:
    assert "textual" not in loaded("import wargame.client.session")


def test_import_contracts_hold() -> None:
    script = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
    command = [sys.executable, "-c", script, "--no-cache", "--no-logo"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
