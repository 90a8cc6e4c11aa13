"""How games go, turn by turn: cards, tracks, agreements, votes, minutes."""

from __future__ import annotations

from collections.abc import Sequence

from wargame.analysis.balance.naming import Rows, listed, percent, plainly, seat
from wargame.analysis.html import Html, Node, el, join, p, section, span
from wargame.analysis.page.charts import Band, Level, columns, fan
from wargame.analysis.page.document import figure, figures, folded
from wargame.analysis.page.tables import bar, by_turn, data_table, heat, number
from wargame.analysis.sweep.summary import Plain

BY_HAND = ("shelf", "contingency")  # pools of cards that come only when a facilitator fires them
QUANTILES = ("p5", "p25", "p50", "p75", "p95")
DEALS = ("proposed", "signed", "declined", "unanswered", "left", "lapsed", "leaked")
VOTES = ("tabled", "passed", "failed", "vetoed")


def cards(numbers: Plain) -> Html:
    """A strip for every card: how often it is dealt, turn by turn."""
    if not numbers["cards"]:
        return Html("")
    heads, played = by_turn(numbers["turns"]["played"])
    rows: Rows = []
    for card in sorted(numbers["cards"].values(), key=lambda each: -each["games"]["share"]):
        dealt = by_turn(card["by_turn"])[1]
        shares = [times / games if games else 0.0 for times, games in zip(dealt, played, strict=True)]
        mark = "required" if card["required"] else "only by hand" if card["pool"] in BY_HAND else None
        name: Node = [card["title"], [" ", span("stance", f"({mark})")] if mark else None]
        rows.append(
            [
                name,
                bar(percent(card["games"]["share"]), card["games"]["share"]),
                number(f"{card['per_game']:.2f}", card["per_game"]),
                *(heat(f"{100 * share:.0f}" if share else "·", share, 1.0) for share in shares),
            ]
        )
    return join(
        p(
            "“Games” is the share of games that meet the card, “a game” how often it is dealt in one. "
            "The columns are turns: of a hundred games that play the turn, how many deal the card in it."
        ),
        el("div", data_table(("Card", "Games", "A game", *heads), rows), data_search="Search cards"),
    )


def tracks(numbers: Plain) -> Html:
    """A fan for every track that moves, by group."""
    groups: dict[str, list[Html]] = {}
    still = []
    for told in numbers["tracks"].values():
        reached = told["reached"]
        if not told["turns"] or not reached or reached[0] == reached[1]:
            still.append(told["label"])
            continue
        groups.setdefault(plainly(told["group"] or "others"), []).append(_track(told))
    if not groups and not still:
        return Html("")
    legend = (
        "The line is the median: half of the games lie above it, half below. The dark band holds the middle half of the games, "
        "the pale one between broken lines nine in ten. Names at the right are what the values are called."
    )
    return join(
        p(legend),
        [section(name, figures(charts), level=3) for name, charts in groups.items()],
        p(f"Never moved: {listed(still)}.") if still else None,
    )


def _track(told: Plain) -> Html:
    levels = [Level(*(each[q] for q in QUANTILES)) for each in told["turns"]]
    bands = [Band(each["low"], each["high"], each["name"]) for each in told["bands"]]
    low, high = (
        told["range"]
        if bands
        else (min(0, told["reached"][0]) if told["range"][0] <= 0 else told["reached"][0], told["reached"][1])
    )
    last = told["turns"][-1]
    missed = [each["name"] for each in told["bands"] if not each["reached"]]
    words = f"ends at {last['p50']} (nine in ten {last['p5']}–{last['p95']})"
    rows: Rows = [
        [
            str(each["turn"] or "start"),
            *(number(str(each[q]), each[q]) for q in QUANTILES),
            number(f"{each['mean']:.1f}", each["mean"]),
        ]
        for each in told["turns"]
    ]
    table = data_table(("Turn", "5 %", "25 %", "Median", "75 %", "95 %", "Mean"), rows)
    chart = fan(f"{told['label']} by turn; {words}", told["turns"][0]["turn"], levels, low, high, bands)
    note = p(f"Never: {listed(missed)}.", class_="muted") if missed else None
    return figure([told["label"], el("small", words)], chart, join(table, _bands(told)), note)


def _bands(told: Plain) -> Html:
    rows: Rows = [
        [
            each["name"],
            number(f"{each['low']} to {each['high']}", each["low"]),
            number("reached" if each["reached"] else "never", None),
        ]
        for each in told["bands"]
    ]
    return data_table(("Name", "Values", ""), rows)


def deals(numbers: Plain) -> Html:
    """Agreements and motions, in a game and by turn."""
    agreements, motions = numbers["agreements"].values(), numbers["motions"].values()
    return join(
        _rates("Agreements", list(agreements), DEALS, "signed", "signed in the turn, of a hundred games that play it", numbers),
        _rates("Votes", list(motions), VOTES, "passed", "passed in the turn, of a hundred games that play it", numbers),
    )


def _rates(title: str, told: Sequence[Plain], what: Sequence[str], main: str, words: str, numbers: Plain) -> Html | None:
    shown = [name for name in what if any(each[name] for each in told)]
    if not told or not shown:
        return None
    heads, played = by_turn(numbers["turns"]["played"])
    most = max(each[name] for each in told for name in shown)
    rows: Rows = []
    turns: Rows = []
    for each in sorted(told, key=lambda one: (-one[main], one["label"])):
        rows.append([each["label"], *(bar(_rate(each[name]), each[name], each[name] / most) for name in shown)])
        times = by_turn(each["by_turn"][main])[1]
        shares = [number_of / games if games else 0.0 for number_of, games in zip(times, played, strict=True)]
        turns.append([each["label"], *(heat(f"{100 * share:.0f}" if share else "·", share, 1.0) for share in shares)])
    return section(
        title,
        p("How often in a game, on average."),
        data_table((title[:-1], *(name.capitalize() for name in shown)), rows),
        folded("By turn", join(p(f"How often {words}."), data_table((title[:-1], *heads), turns))),
        level=3,
    )


def _rate(value: float) -> str:
    return f"{value:.2f}" if value else "·"


def minutes(numbers: Plain) -> Html:
    """What a class would need, in all, by phase, by turn and by seat."""
    time = numbers["time"]
    clocks = f"About {time['by_clocks']:.0f} minutes if every phase runs its clock to the end; " if time["by_clocks"] else ""
    heads = [str(each["turn"]) for each in time["turns"]]
    phases: Rows = [
        [
            each["label"],
            number("no clock" if each["seconds"] is None else f"{each['seconds'] / 60:.1f}", each["seconds"]),
            number(f"{each['per_game']:.1f}", each["per_game"]),
        ]
        for each in time["phases"]
    ]
    seats: Rows = [
        [
            seat(numbers, name),
            number(str(told["briefing_words"]), told["briefing_words"]),
            number(str(told["menu_words"]), told["menu_words"]),
            number(_average(told["card_words_a_turn"], 0)),
            number(_average(told["decisions_a_turn"], 1)),
        ]
        for name, told in time["seats"].items()
    ]
    shown = figure(
        ["Minutes by turn", el("small", "if phases end when all are done")],
        columns("Minutes by turn, if phases end when all are done", *_by_turn(time, heads)),
        data_table(
            ("Turn", "Minutes"),
            [[str(each["turn"]), number(f"{each['by_reading']:.1f}", each["by_reading"])] for each in time["turns"]],
        ),
    )
    return join(
        p(
            f"{clocks}{'about' if clocks else 'About'} {time['by_reading']:.0f} if a phase ends as soon as everybody is done. "
            f"Before turn 1: {time['before_turn_1']:.0f} minutes to read.",
            class_="lead",
        ),
        p(time["assumed"], class_="muted"),
        figures([shown], "figures two") if time["turns"] else None,
        section("By phase", data_table(("Phase", "Minutes of its clock", "Times in a game"), phases), level=3),
        section(
            "What each seat has to read and decide",
            data_table(("Seat", "Words of briefing", "Words of its menu", "Words of cards a turn", "Decisions a turn"), seats),
            level=3,
        ),
    )


def _by_turn(time: Plain, heads: list[str]) -> tuple[list[float], list[str]]:
    names, sums = by_turn([each["by_reading"] for each in time["turns"]])
    return sums, heads if len(names) == len(heads) else names


def _average(values: Sequence[float], digits: int) -> str:
    return f"{sum(values) / len(values):.{digits}f}" if values else ""
