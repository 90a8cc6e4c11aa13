"""A table is opened in a language of its scenario, or a sentence says which there are."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from wargame.cli.main import wargame

ODD = Path(__file__).parent.parent / "support" / "odd.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> str:
    (tmp_path / "scenario.yaml").write_text(ODD.read_text())
    return str(tmp_path)


def test_a_game_speaks_the_language_it_was_opened_in(folder: str) -> None:
    """Through the server and its journal; the luck and the play stay what they are."""
    told = {}
    for language in ("en", "es"):
        done = CliRunner().invoke(
            wargame, ["demo", folder, "--headless", "--seed", "1", "--bots", "random", "--language", language]
        )
        assert done.exit_code == 0, done.output
        told[language] = done.stdout
    assert ("Odd Corners" in told["en"], "Rincones raros" in told["es"]) == (True, True)
    assert ("Heat" in told["en"], "Heat" in told["es"], "Calor" in told["es"]) == (True, False, True)


def test_a_language_that_is_not_there_is_wrong_usage_in_a_sentence(folder: str) -> None:
    done = CliRunner().invoke(wargame, ["demo", folder, "--headless", "--language", "fr"])
    assert done.exit_code == 2
    assert "only in: en, es" in done.stderr


def test_a_server_opens_no_table_in_a_language_that_is_not_there(folder: str, tmp_path: Path) -> None:
    """Before it listens, and before it keeps anything."""
    journal = tmp_path / "games.sqlite3"
    done = CliRunner().invoke(wargame, ["serve", "--journal", str(journal), "--scenario", folder, "--language", "fr"])
    assert done.exit_code == 2
    assert "only in: en, es" in done.stderr
    assert not journal.exists()
