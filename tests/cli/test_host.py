"""What the host reads out leads players to the table, a class that is not finished goes on, and mistakes end in a sentence."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from click.testing import CliRunner

from tests.support.play import program_of
from wargame.cli.host import Asked, TakenError, _open
from wargame.cli.invitation import invitation
from wargame.cli.main import wargame
from wargame.client.address import parse_address
from wargame_server.rosters import RosterError

SKIRMISH = Path(__file__).parents[2] / "scenarios" / "skirmish"


def test_every_line_to_join_leads_to_the_code_and_port() -> None:
    lines = invitation(["192.168.0.10", "fe80::2"], 8770, "ABCD-EFGH")
    joins = [line.split()[-1] for line in lines if line.startswith("  wargame join")]
    assert [(parse_address(link).host, parse_address(link).port, parse_address(link).code) for link in joins] == [
        ("192.168.0.10", 8770, "ABCD-EFGH"),
        ("fe80::2", 8770, "ABCD-EFGH"),
    ]
    assert "  wargame watch ABCD-EFGH@192.168.0.10:8770" in lines
    assert any("A B C D - E F G H" in line for line in lines)


def test_the_usual_port_need_not_be_typed() -> None:
    link = invitation(["192.168.0.10"], 8765, "ABCD-EFGH")[1].split()[-1]
    assert link == "ABCD-EFGH@192.168.0.10"
    assert parse_address(link).port == 8765


def test_the_link_is_drawn_too() -> None:
    lines = invitation(["192.168.0.10"], 8765, "ABCD-EFGH")
    drawn = [line for line in lines if set(line) & set("█▀▄")]
    assert len(drawn) > 10


def test_a_scenario_that_is_not_there_is_wrong_usage_in_a_sentence() -> None:
    shown = CliRunner().invoke(wargame, ["host", "no_such_thing", "--no-console"])
    assert shown.exit_code == 2
    assert "There is no scenario" in shown.stderr


def asked(tmp_path: Path, **changes: Any) -> Asked:
    usual = Asked(SKIRMISH, program_of("skirmish"), tmp_path / "games.sqlite3", "127.0.0.1", 0, 1, None, False, True, False, ())
    return evolve(usual, **changes)


async def test_a_class_that_is_not_finished_goes_on_with_its_code_and_tables(tmp_path: Path) -> None:
    async with _open(asked(tmp_path, tables=2)) as first:
        assert not first.again
        code, games = first.handle.code, [table.game for table in first.handle.tables]
        assert [table.table.settings.name for table in first.handle.tables] == ["Table 1", "Table 2"]
    async with _open(asked(tmp_path)) as second:
        assert second.again
        assert (second.handle.code, [table.game for table in second.handle.tables]) == (code, games)
        assert second.secret != first.secret
    async with _open(asked(tmp_path, anew=True)) as third:
        assert not third.again
        assert third.handle.code != code
        assert len(third.server.classes) == 1, "what was not asked for does not play on"


async def test_a_server_that_has_the_class_is_not_thrown_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wargame.cli.host.PORT", 18765)
    async with _open(asked(tmp_path, port=None)) as first:
        with pytest.raises(TakenError, match="perhaps it hosts that class"):
            async with _open(asked(tmp_path, port=None)):
                pass
        assert not first.handle.classroom.open_tables[0].closed
        assert await asyncio.wait_for(first.handle.tables[0].start(), 10) is None


async def test_a_list_that_cannot_be_used_opens_nothing(tmp_path: Path) -> None:
    with pytest.raises(RosterError, match="Line 2: there is no seat “moon”"):
        async with _open(asked(tmp_path, people=b"name,seat\nAna,moon\n")):
            pass
    async with _open(asked(tmp_path)) as hosted:
        assert not hosted.again


async def test_helpers_get_secrets_of_their_own(tmp_path: Path) -> None:
    async with _open(asked(tmp_path, rights=("observer", "evaluator"))) as hosted:
        assert [right for right, _ in hosted.invited] == ["observer", "evaluator"]
        assert len({hosted.secret, *(secret for _, secret in hosted.invited)}) == 3


async def test_a_damaged_journal_is_told_and_nothing_takes_its_place(tmp_path: Path) -> None:
    """A game that cannot be read is not replaced by an empty table; where all are lost, no class begins unasked."""
    async with _open(asked(tmp_path, tables=2)) as first:
        games = [table.game for table in first.handle.tables]
    with sqlite3.connect(tmp_path / "games.sqlite3") as kept:
        kept.execute("UPDATE rows SET payload = x'c1' WHERE game = ?", (games[1],))
    async with _open(asked(tmp_path, tables=2)) as again:
        assert again.again
        assert [table.game for table in again.handle.tables] == games[:1]
        assert list(again.server.lost) == games[1:]
    with sqlite3.connect(tmp_path / "games.sqlite3") as kept:
        kept.execute("UPDATE rows SET payload = x'c1'")
    with pytest.raises(TakenError, match=r"cannot be brought back.*--new"):
        async with _open(asked(tmp_path, tables=2)):
            pass
    async with _open(asked(tmp_path, tables=2, anew=True)) as other:
        assert len(other.handle.tables) == 2
