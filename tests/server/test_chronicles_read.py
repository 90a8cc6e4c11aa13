"""The games of a journal are read class by class, the tables of each in the order of their names."""

from __future__ import annotations

from pathlib import Path

from attrs import evolve

from tests.support.chronicles import bots_chronicle, fork_of
from tests.support.journals import write_journal
from wargame.analysis.chronicle import Chronicle
from wargame_server.journal.chronicle import read_chronicles


def test_a_fork_stands_behind_the_tables_that_were_there_before_it(tmp_path: Path) -> None:
    """It begins when the game did that it was copied from, so the moment of its first row tells nothing."""
    one = bots_chronicle("bridge_week")
    two = later(evolve(one, game="other"))
    fork = fork_of(one, 2)
    path = write_journal(tmp_path / "class.sqlite3", one, two, fork, classroom=one.game)
    assert [(each.name, each.game) for each in read_chronicles(path)] == [
        ("Table 1", one.game),
        ("Table 2", two.game),
        ("Table 3", fork.game),
    ]


def later(chronicle: Chronicle) -> Chronicle:
    return evolve(chronicle, entries=tuple(evolve(entry, at=entry.at + 5_000) for entry in chronicle.entries))
