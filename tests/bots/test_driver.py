"""A driver folds what it hears, gives one command at a time, and is never kept busy by refusals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wargame.bots.driver import PATIENCE, Driver
from wargame.wire import messages as wire

SEAL = {"do": "seal", "ok": True, "why": ""}
SAY = {"do": "say", "ok": True, "why": "", "to": ["b"]}


def view(**changes: Any) -> dict[str, Any]:
    plain = {"status": "running", "turn": 1, "phase": "orders", "paused": None, "slots": {"3": [2, 5, None]}, "sealed": []}
    return {**plain, **changes}


def welcome(offers: Sequence[Any] = (), **changes: Any) -> wire.Welcome:
    return wire.Welcome(
        table="t", you="a", person="b1", right="", token="", now=0, catalog={}, seq=4, view=view(**changes), offers=offers
    )


class Eager:
    """Wants to do the first thing offered, always."""

    def __init__(self) -> None:
        self.seen: list[tuple[Mapping[str, Any], list[str]]] = []

    def decide(self, view: Mapping[str, Any], offers: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
        self.seen.append((view, [offer["do"] for offer in offers]))
        return {"do": offers[0]["do"]} if offers else None


def seated(offers: Sequence[Any] = (SAY, SEAL), **changes: Any) -> tuple[Driver, Eager]:
    bot = Eager()
    driver = Driver(lambda _: bot)
    driver.receive(welcome(offers, **changes))
    return driver, bot


def refused(number: str) -> wire.Refused:
    return wire.Refused(id=number, code="not_offered", reason="No.", turn=1, phase="orders")


def test_slots_are_numbers_to_the_bot_though_texts_on_the_wire() -> None:
    driver, bot = seated()
    driver.next()
    assert bot.seen[0][0]["slots"] == {3: [2, 5, None]}


def test_a_command_names_the_turn_and_phase_that_were_seen() -> None:
    driver, _ = seated()
    command = driver.next()
    assert command is not None
    assert (command.turn, command.phase, command.body) == (1, "orders", {"do": "say"})


def test_nothing_more_is_sent_before_the_answer() -> None:
    driver, _ = seated()
    first = driver.next()
    assert first is not None
    assert driver.next() is None
    driver.receive(wire.Ack(id="another", seq=5))
    assert driver.next() is None
    driver.receive(wire.Ack(id=first.id, seq=5))
    second = driver.next()
    assert second is not None
    assert second.id != first.id


def test_without_sealing_the_seal_is_not_offered() -> None:
    driver, bot = seated([SEAL])
    assert driver.next(sealing=False) is None
    assert bot.seen == [(bot.seen[0][0], [])]
    assert driver.next() is not None


def test_a_bot_that_is_refused_again_and_again_only_seals() -> None:
    driver, _ = seated()
    for _ in range(PATIENCE):
        command = driver.next()
        assert command is not None
        assert command.body == {"do": "say"}
        driver.receive(refused(command.id))
    last = driver.next()
    assert last is not None
    assert last.body == {"do": "seal"}


def test_a_new_phase_gives_new_patience() -> None:
    driver, _ = seated()
    for _ in range(PATIENCE):
        command = driver.next()
        assert command is not None
        driver.receive(refused(command.id))
    driver.receive(wire.Update(seq=5, ops=[["set", "phase", "floor"]], offers=None, now=0))
    command = driver.next()
    assert command is not None
    assert command.body == {"do": "say"}
    assert driver.refusals == []


def test_updates_are_folded_once_and_offers_replaced_only_when_given() -> None:
    driver, _ = seated()
    update = wire.Update(seq=5, ops=[["push", "feed", {"kind": "news"}]], offers=[SEAL], now=0)
    driver.receive(update)
    driver.receive(update)
    assert driver.data["feed"] == [{"kind": "news"}]
    driver.receive(wire.Update(seq=6, ops=[], offers=None, now=0))
    command = driver.next()
    assert command is not None
    assert command.body == {"do": "seal"}


def test_a_paused_game_and_one_that_has_not_begun_or_is_over_are_let_be() -> None:
    assert seated(paused=1000)[0].next() is None
    assert seated(status="lobby")[0].next() is None
    assert seated(status="over")[0].next() is None
    assert Driver(lambda _: Eager()).next() is None
