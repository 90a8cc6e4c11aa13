"""A told game has every turn, phase, stance, roll and score in it, and the same stories give the same text."""

from __future__ import annotations

from typing import Any

from wargame.analysis.story import WIDTH, tell_game

CATALOG = {
    "scenario": {"title": "Two Rivers"},
    "phases": [{"id": "desk", "label": "Crisis desk"}, {"id": "rooms", "label": "Rooms"}],
    "seats": [{"id": "north", "title": "The North"}, {"id": "south", "title": "The South"}],
    "mandate": 60,
}
RESULT: dict[str, Any] = {
    "ending": {"id": "war", "title": "War", "text": "The bridges fall.", "catastrophe": True},
    "seats": {
        "north": {
            "score": 35.0,
            "met": False,
            "parts": [{"label": "Peace", "value": 12.5, "max": 40, "words": ""}],
            "agenda": "",
            "choices": {"aim": "hold_on"},
        },
        "south": {"score": 61.5, "met": True, "parts": [], "agenda": "", "choices": {}},
    },
    "top": ["south"],
    "ledger": [["Dead", 12]],
    "seed": "ab" * 32,
}


def story(kind: str, head: str, **rest: Any) -> dict[str, Any]:
    plain = {"turn": 1, "phase": "desk", "actor": None, "stance": None, "lines": [], "slots": [], "rationale": None}
    return {"kind": kind, "head": head, **plain, **rest}


STORIES = [
    story("phase", "Turn 1: Thaw"),
    story("card", "The bridge", lines=[["note", "For The North"]]),
    story(
        "response",
        "The North: Close it",
        stance="escalate",
        rationale="We push now.",
        lines=[["roll", "Luck: 30 against 60% · yes"]],
    ),
    story("order", "The South: Wait", phase="rooms", stance="hold", lines=[["change", "Tension +1 → 3"]]),
    story("phase", "Turn 2", turn=2),
    story("news", "Rain " * 60, turn=2),
]


def told() -> list[str]:
    return list(tell_game(CATALOG, STORIES, RESULT, ["Played by bots."]))


def test_turns_and_phases_are_headings_in_their_order() -> None:
    lines = told()
    places = [lines.index(words) for words in ("Two Rivers", "Turn 1: Thaw", "Rooms", "Turn 2", "The end")]
    assert places == sorted(places)


def test_choices_show_stance_and_reason_and_dice_their_odds() -> None:
    text = "\n".join(told())
    assert "The North: Close it  (▲ escalate)" in text
    assert "“We push now.”" in text
    assert "◆ Luck: 30 against 60% · yes" in text
    assert "· Tension +1 → 3" in text


def test_the_result_has_scores_with_parts_mandates_and_the_seed() -> None:
    text = "\n".join(told())
    assert "  61.5  The South  (mandate met, highest)" in text
    assert "    35  The North\n" in text
    assert "12.5 of 40  Peace" in text
    assert "aim: hold on" in text
    assert "    12  Dead" in text
    assert "War (a catastrophe: it spares nobody)" in text
    assert text.endswith(f"Seed of the dice: {'ab' * 32}")


def test_no_line_is_wider_than_the_page() -> None:
    assert max(len(line) for line in told()) <= WIDTH
