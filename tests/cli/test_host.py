"""What the host reads out leads players to the table, with or without a picture of the link."""

from __future__ import annotations

import builtins
from typing import Any

import pytest
from click.testing import CliRunner

from wargame.cli.host import invitation
from wargame.cli.main import wargame
from wargame.client.address import parse_address


def test_every_line_to_join_leads_to_the_code_and_port() -> None:
    lines = invitation(["192.168.0.10", "10.0.0.2"], 8770, "ABCD-EFGH")
    joins = [line.split()[-1] for line in lines if line.startswith("  wargame join")]
    assert [(parse_address(link).host, parse_address(link).port, parse_address(link).code) for link in joins] == [
        ("192.168.0.10", 8770, "ABCD-EFGH"),
        ("10.0.0.2", 8770, "ABCD-EFGH"),
    ]
    assert "  wargame watch ABCD-EFGH@192.168.0.10:8770" in lines


def test_without_the_extra_there_is_no_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    imports = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name == "segno":
            raise ImportError(name)
        return imports(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    assert len(invitation(["192.168.0.10"], 8765, "ABCD-EFGH")) == 4


def test_a_scenario_that_is_not_there_is_wrong_usage_in_a_sentence() -> None:
    shown = CliRunner().invoke(wargame, ["host", "no_such_thing", "--no-console"])
    assert shown.exit_code == 2
    assert "There is no scenario" in shown.stderr
