"""The numbers of a sweep as a page of text: what matters first, at most 100 columns. From the plain data alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap
from typing import Any

from wargame.analysis.sweep.findings import paying, questions
from wargame.analysis.sweep.summary import Plain
from wargame.analysis.sweep.words import (
    STANCES,
    between,
    beyond_chance,
    certain,
    minutes,
    percent,
    signed,
    target_figure,
    target_span,
)

WIDTH = 100
MOST = 8  # lines of a list, unless all is wanted


def tell(numbers: Plain, *, everything: bool = False) -> Iterator[str]:
    """The lines. `everything`: every card, order, agreement, motion and track too."""
    most = 10_000 if everything else MOST
    yield from _head(numbers)
    if "health" in numbers:
        yield from _health(numbers["health"], everything)
    yield from _seats(numbers)
    yield from _endings(numbers)
    if "against" in numbers:
        yield from _against(numbers["against"], numbers, most)
    yield from _secrets(numbers)
    yield from _lopsided(numbers, most)
    yield from _paying(numbers, most)
    yield from _never(numbers, everything)
    yield from _minutes(numbers["time"])
    if everything:
        yield from _cards(numbers)
        yield from _orders(numbers)
        yield from _deals(numbers)
        yield from _tracks(numbers)
    else:
        yield ""
        yield "--all lists every card, order, agreement and track; --json holds every figure."


def _head(numbers: Plain) -> Iterator[str]:
    turns = numbers["turns"]
    last = numbers["seed"] + numbers["games"] - 1
    yield from _wrapped(f"{numbers['scenario']['title']}: {numbers['games']} games by {numbers['bots']} bots")
    yield f"Seeds {numbers['seed']}-{last}, {turns['mean']:.1f} of {turns['most']} turns on average."


def _heading(words: str) -> Iterator[str]:
    yield ""
    yield words
    yield "-" * len(words)


def _wrapped(words: str, first: str = "", rest: str = "") -> list[str]:
    lines = wrap(words.replace(" %", "\xa0%"), WIDTH, initial_indent=first, subsequent_indent=rest)
    return [line.replace("\xa0%", " %") for line in lines] or [first]


def _row(figures: str, words: str) -> list[str]:
    """A line that begins with figures; what does not fit stands below the words."""
    return _wrapped(words, f"  {figures}  ", " " * (len(figures) + 4))


def _health(health: Plain, everything: bool) -> Iterator[str]:
    missed = [each for each in health["targets"] if not each["met"]]
    met = [each for each in health["targets"] if each["met"]]
    name = "The quick targets" if health["quick"] else "The targets"
    yield from _heading(f"{name}: {len(met)} met, {len(missed)} missed")
    for each in missed:
        yield from _row(f"MISSED {target_figure(each):>10}", f"{each['words']} (target {target_span(each)})")
    for each in met:
        yield from _row(f"met    {target_figure(each):>10}", f"{each['words']} (target {target_span(each)})")


def _seats(numbers: Plain) -> Iterator[str]:
    yield from _heading("Seats")
    seats = numbers["seats"]
    width = min(30, max(len(told["title"]) for told in seats.values()))
    yield f"  {'':{width}}  mandate met     score  middle half  highest  ▲ ■ ▼ of its choices"
    for told in seats.values():
        score, stances = told["score"], told["stances"]
        top = percent(told["top"]["share"]) if told["people"] else "-"
        mix = " / ".join(f"{100 * share:.0f}" for share in stances.values())
        title = told["title"] if len(told["title"]) <= width else told["title"][: width - 1] + "…"
        half = f"{score['p25']}-{score['p75']}"
        yield f"  {title:{width}}  {between(told['mandate']):13}  {score['mean']:6.1f}  {half:>11}  {top:>7}  {mix}"
    if any(not told["people"] for told in seats.values()):
        yield "  A dash: a seat played beside the people's; it is not judged."
    yield f"  Mandates are met at {numbers['mandate']} points. ▲ escalate, ■ hold, ▼ de-escalate. In brackets: 95 % intervals."
    shares = enumerate(numbers["together"]["seats_that_meet"])
    met = ", ".join(f"{count} in {percent(share)}" for count, share in shares if share)
    yield from _wrapped(f"Seats that meet their mandate in the same game: {met}.", "  ", "  ")
    pairs = [pair for pair in numbers["together"]["pairs"] if beyond_chance(pair, numbers["games"])]
    for pair in sorted(pairs, key=lambda each: -abs(each["share"] - each["if_independent"]))[:3]:
        one, other = (seats[seat]["title"] for seat in pair["seats"])
        how = "more" if pair["share"] > pair["if_independent"] else "less"
        yield from _wrapped(
            f"{one} and {other} do so together {how} often than by chance: {percent(pair['share'])}, "
            f"not {percent(pair['if_independent'])}.",
            "  ",
            "  ",
        )


def _endings(numbers: Plain) -> Iterator[str]:
    yield from _heading("How games end")
    for told in sorted(numbers["endings"], key=lambda each: -each["games"]):
        if told["games"]:
            turns = [turn for turn, number in enumerate(told["by_turn"], 1) if number]
            when = "" if told["id"] is None else f", turn {turns[0]}" + (f"-{turns[-1]}" if len(turns) > 1 else "")
            yield from _row(f"{percent(told['share']):>5}", told["title"] + (" (a catastrophe)" * told["catastrophe"]) + when)


def _against(against: Plain, numbers: Plain, most: int) -> Iterator[str]:
    yield from _heading(f"Against {against['bots']} bots, over the same seeds")
    for seat, told in against["seats"].items():
        if told["gain"]["mean"] is not None:
            words = f"{numbers['seats'][seat]['title']}: {told['level']} instead of {told['against']}, mandates "
            words += f"{percent(told['mandate'])} instead of {percent(told['mandate_against'])}"
            yield from _row(f"{signed(told['gain']):>22}", words)
    differing = [each for each in [*against["options"], *against["orders"]] if certain(each)]
    if differing:
        yield "  Chosen most differently, where open:"
    for each in sorted(differing, key=lambda one: -abs(one["difference"]))[:most]:
        where = f"{each['card']}, {each['seat']}" if "card" in each else each["seat"]
        yield from _row(f"{percent(each['share']):>5} not {percent(each['share_against']):>5}", f"{each['label']} ({where})")


def _secrets(numbers: Plain) -> Iterator[str]:
    lines: list[str] = []
    for told in numbers["seats"].values():
        kinds = [(choice["label"], choice["options"]) for choice in told["choices"].values()]
        kinds.append(("agendas", told["agendas"]))
        for label, options in kinds:
            parts = [f"{each['label']} {each['mean']:.1f}" for each in options.values() if each["mean"] is not None]
            if len(parts) > 1:
                lines += _wrapped(f"{told['title']}, {label}: {', '.join(parts)}", "  ", "    ")
    if lines:
        yield from _heading("Mean scores by secret choice and agenda")
        yield from lines


def _lopsided(numbers: Plain, most: int) -> Iterator[str]:
    found = [each for each in questions(numbers) if each.lopsided]
    if found:
        yield from _heading("Answers that win most often on their card")
    for each in found[:most]:
        told = each.most
        words = f"{STANCES[told['stance']]} {told['label']} ({each.title}, {each.who})"
        yield from _row(f"{percent(each.lopsided):>5} of {each.choices:>5}", words)


def _paying(numbers: Plain, most: int) -> Iterator[str]:
    found = paying(numbers)
    if found.found:
        yield from _heading("What seems to pay, and what seems to cost")
        yield from _wrapped(
            "Points gained from that turn to the end, over games in which it was open in the same turn and not chosen. "
            f"{found.found} of {found.compared} choices differ beyond their 95 % interval; "
            f"about {found.by_chance} would by chance alone.",
            "  ",
            "  ",
        )
    for words, which in (("More than others", found.more), ("Less than others", found.less)):
        if which:
            yield f"  {words}:"
        for each in which[:most]:
            told = each.told
            where = f"order of {each.who}" if each.card is None else f"{each.card}, {each.who}"
            figures = f"{signed(told['gain_over_others']):>22}"
            yield from _row(figures, f"{STANCES[told['stance']]} {told['label']} ({where})")


def _never(numbers: Plain, everything: bool) -> Iterator[str]:
    never = numbers["never"]
    lists: list[tuple[str, Sequence[str]]] = [
        ("cards", never["cards"]),
        ("options", [f"{each['option']} ({each['card']}, {each['seat']})" for each in never["options"]]),
        ("orders that were open", [f"{each['order']} ({each['seat']})" for each in never["orders"] if each["open"]]),
        ("orders that were never open", [f"{each['order']} ({each['seat']})" for each in never["orders"] if not each["open"]]),
        ("agreements", never["agreements"]),
        ("motions called", never["motions"]),
        ("motions passed", never["motions_passed"]),
        ("endings", never["endings"]),
        ("flags", never["flags"]),
        ("bands", [f"{each['band']} ({each['track']})" for each in never["bands"]]),
    ]
    if any(names for _, names in lists):
        yield from _heading("Never in these games")
    for what, names in lists:
        if names:
            shown = names if everything else names[:12]
            more = f" and {len(names) - len(shown)} more" if len(shown) < len(names) else ""
            yield from _wrapped(f"{what}: {', '.join(shown)}{more}", "  ", "    ")


def _minutes(time: Plain) -> Iterator[str]:
    yield from _heading("Minutes at the table")
    yield f"  {minutes(time)}"
    yield from _wrapped(time["assumed"], "  ", "  ")


def _cards(numbers: Plain) -> Iterator[str]:
    yield from _heading("Cards: share of games, times in a game, times by turn")
    for name, card in numbers["cards"].items():
        turns = " ".join(str(number) for number in card["by_turn"])
        yield from _row(f"{percent(card['games']['share']):>5} {card['per_game']:5.2f}", f"{card['title']} ({name})  {turns}")
        for key, choice in card["choices"].items():
            yield from _followed(choice["options"].values(), f"{key}: ")


def _followed(options: Iterable[Any], who: str) -> Iterator[str]:
    for told in options:
        gain = told["gain_over_others"]
        paid = f"; gains {signed(gain)} over others" if gain["mean"] is not None else ""
        words = f"{who}{STANCES[told['stance']]} {told['label']}; open {told['open']}, chosen {told['chosen']}{paid}"
        yield from _row(f"      {percent(told['share']):>5}", words)


def _orders(numbers: Plain) -> Iterator[str]:
    for seat, actions in numbers["actions"].items():
        if actions:
            yield from _heading(f"Orders of {numbers['seats'][seat]['title']}: share of its orders")
            yield from _followed(sorted(actions.values(), key=lambda told: -told["chosen"]), "")


def _deals(numbers: Plain) -> Iterator[str]:
    if numbers["agreements"]:
        yield from _heading("Agreements, in a game")
    for told in numbers["agreements"].values():
        words = ", ".join(
            f"{what} {told[what]:.2f}" for what in ("proposed", "signed", "left", "lapsed", "leaked") if told[what]
        )
        yield from _wrapped(f"{told['label']}: {words or 'never proposed'}", "  ", "    ")
    if numbers["motions"]:
        yield from _heading("Motions, in a game")
    for told in numbers["motions"].values():
        words = ", ".join(f"{what} {told[what]:.2f}" for what in ("tabled", "passed", "failed", "vetoed") if told[what])
        yield from _wrapped(f"{told['label']}: {words or 'never called'}", "  ", "    ")


def _tracks(numbers: Plain) -> Iterator[str]:
    yield from _heading("Tracks: median and middle nine tenths at the start and at the end of each turn")
    for name, told in numbers["tracks"].items():
        turns = " ".join(f"{each['p50']}[{each['p5']}-{each['p95']}]" for each in told["turns"])
        yield from _wrapped(f"{told['label']} ({name}): {turns}", "  ", "    ")
