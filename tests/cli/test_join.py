"""`wargame join` and `wargame watch` understand an address or say what to write, and hand everything to the client."""

from __future__ import annotations

from typing import Any

import pytest
from click.testing import CliRunner

from wargame.cli import join as join_module
from wargame.cli import watch as watch_module
from wargame.cli.main import wargame
from wargame.client.address import Address


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, dict[str, Any]]]:
    calls: list[tuple[Any, dict[str, Any]]] = []

    def run(target: Any, **options: Any) -> int:
        calls.append((target, options))
        return 0

    monkeypatch.setattr(join_module, "need_terminal", lambda: None)
    monkeypatch.setattr(watch_module, "need_terminal", lambda: None)
    monkeypatch.setattr(join_module, "run_client", run)
    monkeypatch.setattr(watch_module, "run_client", run)
    monkeypatch.setattr(join_module, "need_terminal", lambda: None)
    monkeypatch.setattr(watch_module, "need_terminal", lambda: None)
    return calls


def test_join_hands_on_what_it_was_given(started: list[tuple[Any, dict[str, Any]]]) -> None:
    done = CliRunner().invoke(join_module.join, ["abcd-efgh@10.0.0.7:9000", "--name", "Ana", "--seat", "congress", "--ascii"])
    assert done.exit_code == 0
    target, options = started[0]
    assert target == Address("10.0.0.7", 9000, "ABCD-EFGH")
    assert (options["name"], options["seat"], options["ascii_only"], options["theme"]) == ("Ana", "congress", True, "dark")


def test_join_without_an_address_opens_the_form(started: list[tuple[Any, dict[str, Any]]]) -> None:
    assert CliRunner().invoke(join_module.join, []).exit_code == 0
    assert started[0][0] is None


@pytest.mark.parametrize("arguments", [["no such@place"], ["10.0.0.7", "--token", "a", "--secret", "b"], ["--token", "a"]])
def test_wrong_usage_is_told_and_starts_nothing(arguments: list[str], started: list[tuple[Any, dict[str, Any]]]) -> None:
    done = CliRunner().invoke(join_module.join, arguments)
    assert done.exit_code == 2
    assert started == []


def test_watch_asks_to_watch(started: list[tuple[Any, dict[str, Any]]]) -> None:
    assert CliRunner().invoke(watch_module.watch, ["ABCD-EFGH@10.0.0.7"]).exit_code == 0
    target, options = started[0]
    assert target.code == "ABCD-EFGH"
    assert options["seat"] == "public"
    assert options["remember"] is False


def test_without_a_terminal_it_says_so() -> None:
    """The client is not started where it could draw nothing: one sentence instead."""
    done = CliRunner().invoke(join_module.join, ["ABCD-EFGH@10.0.0.7"])
    assert done.exit_code == 2
    assert "no terminal" in done.output


@pytest.mark.parametrize("command", ["join", "watch"])
def test_without_a_terminal_a_sentence_says_so(command: str) -> None:
    shown = CliRunner().invoke(wargame, [command, "ABCD-EFGH@10.0.0.7"])
    assert shown.exit_code == 2
    assert "There is no terminal here" in shown.stderr
