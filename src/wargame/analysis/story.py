"""A game told as plain text, turn by turn, from the stories of a feed (`docs/protocol.md`) and its result.

The same stories give the same text, byte for byte: nothing here knows the time, the place or the terminal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from textwrap import wrap
from typing import Any, TypeAlias

Story: TypeAlias = Mapping[str, Any]

WIDTH = 100
STANCES = {"escalate": "▲ escalate", "hold": "■ hold", "deescalate": "▼ de-escalate"}
KINDS = {
    "card": "Card",
    "response": "Answer",
    "order": "Order",
    "agreement": "Agreement",
    "vote": "Vote",
    "news": "News",
    "override": "Facilitator",
    "team": "Team",
    "transfer": "Transfer",
    "reveal": "Set-up",
    "upkeep": "Rules",
}
TONES = {"change": "·", "roll": "◆", "why": "!", "note": "–"}


class Narrator:
    """Tells stories in order, with a heading where a turn or phase begins. `phases`: id -> label."""

    def __init__(self, phases: Mapping[str, str]) -> None:
        self._phases = phases
        self._phase: tuple[int, str] = (0, "setup")

    def tell(self, stories: Iterable[Story]) -> Iterator[str]:
        """The lines of these stories."""
        for story in stories:
            if story["kind"] == "phase":
                yield from _heading(story["head"], "=")
                self._phase = (story["turn"], "")
            elif story["kind"] != "end":
                yield from self._phase_heading(story)
                yield from _entry(story)

    def _phase_heading(self, story: Story) -> Iterator[str]:
        at = (story["turn"], story["phase"])
        if at != self._phase:
            self._phase = at
            label = self._phases.get(story["phase"])
            if label:
                yield ""
                yield f"{label}"


def _heading(words: str, rule: str) -> Iterator[str]:
    yield ""
    yield words
    yield rule * len(words)


def _entry(story: Story) -> Iterator[str]:
    stance = STANCES.get(story["stance"] or "")
    head = f"[{KINDS.get(story['kind'], 'News')}] {story['head']}"
    yield from _wrapped(f"{head}  ({stance})" if stance else head, "  ", "    ")
    if story["rationale"]:
        yield from _wrapped(f"“{story['rationale']}”", "      ", "       ")
    for tone, words in story["lines"]:
        yield from _wrapped(f"{TONES.get(tone, '–')} {words}", "      ", "        ")


def _wrapped(words: str, first: str, rest: str) -> list[str]:
    return wrap(words, WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False) or [
        first
    ]


def tell_result(result: Mapping[str, Any], seats: Mapping[str, str], mandate: float) -> Iterator[str]:
    """How the game ended: scores with their parts, mandates, the ledger and the seed. `seats`: id -> title, in order."""
    yield from _heading("The end", "=")
    ending = result["ending"]
    if ending is not None:
        yield from _wrapped(ending["title"] + (" (a catastrophe: it spares nobody)" if ending["catastrophe"] else ""), "", "")
        if ending["text"]:
            yield from _wrapped(ending["text"], "", "")
    else:
        yield "The last turn is over."
    yield ""
    yield f"Scores (a mandate is met at {_number(mandate)})"
    for seat, title in seats.items():
        if seat in result["seats"]:
            yield from _score(title, result["seats"][seat], top=seat in result["top"])
    if result["ledger"]:
        yield ""
        yield "Beside the scores"
        for label, value in result["ledger"]:
            yield f"  {_number(value):>6}  {label}"
    yield ""
    yield f"Seed of the dice: {result['seed']}"


def _score(title: str, score: Mapping[str, Any], *, top: bool) -> Iterator[str]:
    marks = [words for words, holds in (("mandate met", score["met"]), ("highest", top)) if holds]
    yield f"  {_number(score['score']):>6}  {title}" + (f"  ({', '.join(marks)})" if marks else "")
    for part in score["parts"]:
        most = f" of {part['max']}" if part["max"] is not None else ""
        yield f"          {_number(part['value']):>6}{most}  {part['label']}"
    for choice, option in score["choices"].items():
        yield f"                  {choice.replace('_', ' ')}: {option.replace('_', ' ')}"


def _number(value: float) -> str:
    """A number with at most one decimal, none where it is whole."""
    return f"{value:.1f}".removesuffix(".0")


def tell_game(
    catalog: Mapping[str, Any], stories: Iterable[Story], result: Mapping[str, Any], players: Sequence[str] = ()
) -> Iterator[str]:
    """A whole game: title, who plays, every turn, the result. `catalog` as the white cell has it."""
    title = catalog["scenario"]["title"]
    yield title
    yield "#" * len(title)
    if players:
        yield ""
        yield from players
    phases = {phase["id"]: phase["label"] for phase in catalog["phases"]}
    yield from Narrator(phases).tell(stories)
    seats = {seat["id"]: seat["title"] for seat in catalog["seats"]}
    yield from tell_result(result, seats, catalog["mandate"])
