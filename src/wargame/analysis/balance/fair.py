"""Is it fair? The verdict of every target with its figure, grouped as a teacher asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wargame.analysis.balance.naming import Rows, counted, percent, seat, typeset
from wargame.analysis.html import Html, join, p, section, span
from wargame.analysis.page.charts import bullet
from wargame.analysis.page.document import folded
from wargame.analysis.page.tables import Cell, data_table, number
from wargame.analysis.sweep import figures
from wargame.analysis.sweep.summary import Plain
from wargame.analysis.sweep.words import target_figure, target_span

ASKED: Sequence[tuple[str, str, tuple[str, ...]]] = (
    (
        "Has every seat a chance?",
        "A seat meets its mandate when its score is high enough. If one hardly ever does, whoever plays it has lost before "
        "the game begins.",
        ("mandate", "top", "nobody"),
    ),
    (
        "Does it end badly too often, or never?",
        "A catastrophe should be possible, and rare enough to be avoided.",
        ("catastrophes",),
    ),
    (
        "Are the choices real?",
        "A choice that everybody makes, or nobody, is none. Secret choices and agendas should be worth about the same, "
        "and neither harshness nor mildness should always pay.",
        ("option", "order", "stance", "choice_scores", "agenda_scores", "correlation"),
    ),
    ("Will a class meet what the lesson needs?", "Cards marked as required have to be dealt often enough.", ("required",)),
)
LONG = 8  # targets that are met, before they are folded


def verdict(numbers: Plain) -> str:
    """The verdict in a sentence."""
    targets = numbers["health"]["targets"]
    missed = [each for each in targets if not each["met"]]
    quick = " (the quick ones, which a few hundred games can tell)" if numbers["health"]["quick"] else ""
    if not missed:
        return f"Yes, by its targets: all {len(targets)} are met{quick}."
    narrowly = sum(close(each, numbers) for each in missed)
    chance = f"; {narrowly} of them so narrowly that it may be chance" if narrowly else ""
    return f"Not yet: {len(missed)} of {counted(len(targets), 'target is', 'targets are')} missed{chance}{quick}."


def fair(numbers: Plain) -> Html:
    """The targets by question; what is missed first, what is met folded where nothing needs to be done."""
    targets = numbers["health"]["targets"]
    known = {measure for _, _, measures in ASKED for measure in measures}
    others = tuple(sorted({each["measure"] for each in targets} - known))
    parts = [
        _asked(title, words, [each for each in targets if each["measure"] in measures], numbers)
        for title, words, measures in (*ASKED, ("Other targets", "", others))
    ]
    return join(
        p(verdict(numbers), class_="lead"),
        p(
            "Green is where a figure should lie. A target is ",
            span("tag", "close"),
            " where the interval of its figure reaches across the edge: "
            f"{counted(numbers['games'], 'game', 'games')} cannot settle it.",
        ),
        parts,
    )


def _asked(title: str, words: str, targets: Sequence[Plain], numbers: Plain) -> Html | None:
    if not targets:
        return None
    missed = [each for each in targets if not each["met"]]
    met = [each for each in targets if each["met"]]
    count = f"{len(met)} of {counted(len(targets), 'target', 'targets')} met."
    long = len(met) > LONG
    return section(
        title,
        p(words, " ", span("missed" if missed else "met", count)),
        _table(missed if long else [*missed, *met], numbers),
        folded(f"The {counted(len(met), 'target that is', 'targets that are')} met", _table(met, numbers)) if long else None,
        level=3,
    )


def _table(targets: Sequence[Plain], numbers: Plain) -> Html:
    rows: Rows = []
    for each in targets:
        figure, wanted = typeset(target_figure(each)), typeset(target_span(each))
        least, most = _scale(each)
        title = f"{each['words']}: {figure}, target {wanted}"
        mark = span("met", "✓ met") if each["met"] else span("missed", "✗ missed")
        rows.append(
            [
                each["words"],
                Cell([mark, " ", span("tag", "close") if close(each, numbers) else None], "k", float(each["met"])),
                number(figure, each["figure"]),
                number(wanted, None),
                Cell(bullet(title, each["figure"], each["low"], each["high"], least, most, each["met"]), "p"),
            ]
        )
    return data_table(("Target", "Verdict", "Figure", "Should be", ""), rows)


def _scale(target: Plain) -> tuple[float, float]:
    if target["unit"] == "hundredths":
        return -100.0, 100.0
    if target["unit"] == "%":
        return 0.0, 100.0
    return 0.0, 1.25 * max(target["figure"], target["high"], 1)


def close(target: Plain, numbers: Plain) -> bool:
    """Whether chance may decide between met and missed: an edge that matters lies within the figure's interval."""
    reach = _interval(target, numbers)
    if reach is None:
        return False
    low, high = 100 * reach[0], 100 * reach[1]
    return any(low < edge < high for edge in (target["low"], target["high"]) if 0 < edge < 100)


def _interval(target: Plain, numbers: Plain) -> tuple[float, float] | None:
    """The interval of a target's figure as shares; None where there is none to tell."""
    measure, of = target["measure"], target["of"]
    told: Mapping[str, Any] | None = None
    if measure in ("mandate", "top") and of in numbers["seats"]:
        told = numbers["seats"][of][measure]
    elif measure in ("nobody", "catastrophes"):
        told = numbers[measure]
    elif measure == "required" and of in numbers["cards"]:
        told = numbers["cards"][of]["games"]
    elif measure == "option":
        return _option(target, numbers)
    return None if told is None else (told["low"], told["high"])


def _option(target: Plain, numbers: Plain) -> tuple[float, float] | None:
    card, _, rest = target["of"].partition(".")
    who, _, option = rest.partition(".")
    choice = numbers["cards"].get(card, {"choices": {}})["choices"].get(who)
    told = choice and choice["options"].get(option)
    if not told:
        return None
    found = figures.share(told["chosen"], choice["choices"] if target["low"] == 0 else told["open"])
    return found.low, found.high


def leaders(numbers: Plain) -> str:
    """Who most often ends above all others, and who least; nothing where one seat plays."""
    tops = {name: numbers["seats"][name]["top"] for name in numbers["people"]}
    shares = {name: told["share"] for name, told in tops.items() if told}
    if len(shares) < 2:
        return ""
    first, last = max(shares, key=lambda name: shares[name]), min(shares, key=lambda name: shares[name])
    return (
        f"{seat(numbers, first)} ends with the highest score most often ({percent(shares[first])}), "
        f"{seat(numbers, last)} least ({percent(shares[last])})."
    )


def headline(numbers: Plain) -> list[tuple[str, str]]:
    """The four figures that come first: what it is, and how much."""
    targets, time = numbers["health"]["targets"], numbers["time"]
    met = sum(each["met"] for each in targets)
    minutes = time["by_clocks"] or time["by_reading"]
    shares = {name: numbers["seats"][name]["mandate"]["share"] for name in numbers["people"]}
    least, most = (100 * each for each in (min(shares.values()), max(shares.values())))
    return [
        ("targets met", f"{met} of {len(targets)}"),
        ("of games: how often a seat meets its mandate, from the rarest to the most frequent", f"{least:.0f}–{most:.0f}\xa0%"),
        ("of games end in a catastrophe", percent(numbers["catastrophes"]["share"])),
        (
            "minutes" + (" by the clocks" if time["by_clocks"] else " of reading and talking") + ", and "
            f"{time['before_turn_1']:.0f} to read before",
            f"{minutes:.0f}",
        ),
    ]
