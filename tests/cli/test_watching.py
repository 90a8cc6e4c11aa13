"""`check --watch` follows a real folder: it shows what is new and what is mended, survives everything, and ends on ctrl+C."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree
from threading import Timer

import pytest

BASE = Path(__file__).parent.parent / "fixtures" / "broken" / "_base"
WAITING = "ctrl+C ends."


class Watching:
    """The real command over a folder."""

    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "wargame.cli.main", "check", "--watch", str(folder)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )

    def screen(self) -> str:
        """What it writes until it waits again."""
        assert self.process.stdout is not None
        lines: list[str] = []
        for line in self.process.stdout:
            lines.append(line)
            if WAITING in line:
                return "".join(lines)
        raise AssertionError("".join(lines))

    def until(self, words: str) -> str:
        """The first screen with these words: a save may be seen in two steps."""
        while True:
            screen = self.screen()
            if words in screen:
                return screen


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copytree(BASE, tmp_path / "scenario", ignore=lambda *_: ["expected.txt"])
    return tmp_path / "scenario"


@pytest.fixture
def watching(folder: Path) -> Iterator[Watching]:
    made = Watching(folder)
    stuck = Timer(60, made.process.kill)  # then its screens end, and the test fails instead of waiting for ever
    stuck.start()
    yield made
    stuck.cancel()
    made.process.kill()
    made.process.communicate()


def test_a_day_at_the_desk(folder: Path, watching: Watching) -> None:
    """A mistake, half a file, a save by renaming, a file and a folder that go and come back; then ctrl+C."""
    main = folder / "scenario.yaml"
    good = main.read_text()
    first = watching.screen()
    assert " new" not in first
    assert "error" not in first

    main.write_text(good.replace("tension +1", "tensoin +1", 1))
    wrong = watching.until("1 new")
    assert "new: " in wrong
    assert "did you mean `tension`?" in wrong

    main.write_text(good[: len(good) // 2] + "\n  - [")
    half = watching.until("error[syntax]")
    assert "mended" not in half  # what cannot be seen is not mended

    saved = folder / "scenario.yaml.tmp"
    saved.write_text(good)
    os.replace(saved, main)
    assert "mended: " in watching.until("mended.")

    main.unlink()
    watching.until("There is no")
    main.write_text(good.replace("tension +1", "tensoin +1", 1))
    watching.until("error[unknown_name]")

    folder.rename(folder.parent / "elsewhere")
    watching.until("There is no")
    (folder.parent / "elsewhere").rename(folder)
    watching.until("error[unknown_name]")

    watching.process.send_signal(signal.SIGINT)
    assert watching.process.wait() == 1


def test_it_ends_with_the_status_of_the_last_check(watching: Watching) -> None:
    """0 where there is no error."""
    watching.screen()
    watching.process.send_signal(signal.SIGINT)
    assert watching.process.wait() == 0
