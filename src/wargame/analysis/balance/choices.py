"""Which choices matter, and which orders are given: shares, what followed, and what nobody ever does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import ceil, floor
from typing import Any

from wargame.analysis.balance.naming import Rows, chosen, counted, gained, percent, seat, typeset
from wargame.analysis.html import Html, Node, bullets, el, join, p, section, span
from wargame.analysis.page.charts import Row, intervals
from wargame.analysis.page.document import figure, figures, folded
from wargame.analysis.page.tables import Cell, bar, data_table, number, words
from wargame.analysis.sweep.findings import Choice, Question, paying, questions
from wargame.analysis.sweep.health import ENOUGH_DEALS
from wargame.analysis.sweep.summary import Plain
from wargame.analysis.sweep.targets import Targets
from wargame.analysis.sweep.words import certain, signed

OPEN = 8  # questions that are shown unfolded
MOST = 10  # lines of a list of findings
FOLLOWED = (
    "“Points over others” is what the seat gained from that turn to the end, over games in which the same choice was open "
    "in the same turn and it did otherwise; in brackets its interval. A full dot: the interval leaves nought out. "
    "It tells what went together, not what caused it."
)


def which(numbers: Plain) -> Html:
    """What seems to pay, secret choices, and every question of every card with the most lopsided first."""
    return join(_paying(numbers), _secrets(numbers), _questions(numbers), _against(numbers))


def _paying(numbers: Plain) -> Html | None:
    found = paying(numbers)
    if not found.found:
        return None
    return section(
        "What seems to pay, and what seems to cost",
        p(FOLLOWED),
        p(
            f"{found.found} of {counted(found.compared, 'choice differs', 'choices differ')} beyond the interval; "
            f"about {found.by_chance} would by chance alone."
        ),
        _findings(numbers, "Seems to pay", found.more),
        _findings(numbers, "Seems to cost", found.less),
        level=3,
    )


def _findings(numbers: Plain, title: str, found: Sequence[Choice]) -> Html:
    shown = found[:MOST]
    reach = _reach(each.told for each in shown)
    rows: Rows = [
        [
            chosen(each.told),
            words(f"{seat(numbers, each.who)}: " + (f"answers “{each.card}”" if each.card else "an order")),
            *gained(each.told["gain_over_others"], reach, "Points over others"),
        ]
        for each in shown
    ]
    return data_table((title, "Who, where", "Points over others", ""), rows)


def _secrets(numbers: Plain) -> Html | None:
    shown = []
    for told in numbers["seats"].values():
        kinds = [(choice["label"], choice["options"]) for choice in told["choices"].values()]
        for label, options in [*kinds, ("Agenda", told["agendas"])]:
            known = [each for each in options.values() if each["mean"] is not None]
            if len(known) > 1:
                shown.append(_scores(told["title"], label, known))
    words_for = (
        "Mean score of the seat in the games in which it had this. If they lie far apart, luck or a guess decides too much."
    )
    return section("Secret choices and agendas", p(words_for), figures(shown), level=3) if shown else None


def _scores(title: str, label: str, options: Sequence[Plain]) -> Html:
    ordered = sorted(options, key=lambda each: -each["mean"])
    least, most = 10 * floor(min(each["low"] for each in options) / 10), 10 * ceil(max(each["high"] for each in options) / 10)
    rows = [
        Row(each["label"], each["mean"], each["low"], each["high"], f"{each['mean']:.1f} in {each['games']}")
        for each in ordered
    ]
    table = data_table(
        ("Option", "Games", "Mean score", "Mandate met", "Mean without catastrophes"),
        [
            [
                each["label"],
                number(str(each["games"]), each["games"]),
                number(f"{each['mean']:.1f} ({each['low']:.1f}–{each['high']:.1f})", each["mean"]),
                number(percent(each["mandate"]), each["mandate"]),
                number(_mean(each["without_catastrophe"]), each["without_catastrophe"]["mean"]),
            ]
            for each in ordered
        ],
    )
    chart = intervals(f"{title}, {label}: mean scores", rows, least=least, most=most, ends=(f"{least:g}", f"{most:g} points"))
    return figure([title, el("small", f"{label}: mean score, and in how many games")], chart, table)


def _mean(told: Mapping[str, Any]) -> str:
    return "" if told["mean"] is None else f"{told['mean']:.1f}"


def _questions(numbers: Plain) -> Html | None:
    asked = [each for each in questions(numbers) if each.choices]
    if not asked:
        return None
    low, high = _wanted(numbers)
    reach = _reach(told for each in asked for told in each.options.values())
    told = [_question(numbers, each, low, high, reach) for each in asked]
    more = len(told) - OPEN
    return section(
        "The answers to every card",
        p(
            "The most lopsided first. “Chosen” is the share of the answers given there; an answer is ",
            span("tag", "nearly always"),
            f" above {high:g}\xa0%, ",
            span("tag", "hardly ever"),
            f" below {low:g}\xa0% of the times it was open; neither is said of fewer than {ENOUGH_DEALS}.",
        ),
        el(
            "div",
            told[:OPEN],
            folded(f"The other {counted(more, 'question', 'questions')}", join(told[OPEN:])) if more > 0 else None,
            data_search="Search answers",
        ),
        level=3,
    )


def _wanted(numbers: Plain) -> tuple[float, float]:
    """The targets of an option, in per cent: least of the times it was open, most of the answers."""
    judged = [each for each in numbers["health"]["targets"] if each["measure"] == "option"]
    usual = Targets().option
    least = max((each["low"] for each in judged if each["high"] == 100), default=usual[0])
    return least, min((each["high"] for each in judged if each["low"] == 0), default=usual[1])


def _question(numbers: Plain, asked: Question, low: float, high: float, reach: float) -> Html:
    rows: Rows = []
    for told in sorted(asked.options.values(), key=lambda each: -each["chosen"]):
        tag = None
        if asked.choices >= ENOUGH_DEALS and 100 * (told["share"] or 0) > high:
            tag = span("tag", "nearly always")
        elif told["open"] >= ENOUGH_DEALS and 100 * (told["share_when_open"] or 0) < low:
            tag = span("tag", "hardly ever")
        name: Node = [chosen(told), " " if tag else None, tag]
        rows.append([name, *_followed(told, reach)])
    return el(
        "article",
        el("h4", asked.title),
        p(f"{seat(numbers, asked.who)} answered {counted(asked.choices, 'time', 'times')}.", class_="muted"),
        data_table(("Answer", "Chosen", "Chosen of open", "Points over others", ""), rows),
    )


def _followed(told: Plain, reach: float) -> list[Node | Cell]:
    return [
        bar(percent(told["share"]), told["share"]),
        number(f"{told['chosen']} of {told['open']}", told["share_when_open"]),
        *gained(told["gain_over_others"], reach, "Points over others"),
    ]


def _reach(choices: Iterable[Plain]) -> float:
    """How far a scale of gains reaches: the farthest mean and some more; longer intervals end at the edge."""
    means = [abs(told["gain_over_others"]["mean"]) for told in choices if told["gain_over_others"]["mean"] is not None]
    return max(2.0, *(1.6 * mean for mean in means)) if means else 2.0


def orders(numbers: Plain) -> Html:
    """The menu of every seat, the most given first, and what is never given."""
    parts = []
    for name, actions in numbers["actions"].items():
        if not actions:
            continue
        given = sum(told["chosen"] for told in actions.values())
        reach = _reach(actions.values())
        rows: Rows = []
        for told in sorted(actions.values(), key=lambda each: -each["chosen"]):
            tag = None if told["chosen"] else span("tag", "never given" if told["open"] else "never open")
            rows.append(
                [[chosen(told), " " if tag else None, tag], *_followed(told, reach), number(_fate(told), told["refunded"])]
            )
        parts.append(
            section(
                seat(numbers, name),
                p(f"{counted(given, 'order', 'orders')} in {counted(numbers['games'], 'game', 'games')}.", class_="muted"),
                data_table(
                    ("Order", "Share of its orders", "Given of open", "Points over others", "", "Came to nothing"), rows
                ),
                level=3,
            )
        )
    if not parts:
        return Html("")
    return join(
        p(
            "Every seat's menu, the most given order first. An order that came to nothing was given back because it was no "
            "longer possible when its turn came, or could not be paid."
        ),
        el("div", parts, data_search="Search orders"),
    )


def _fate(told: Plain) -> str:
    lost = told["refunded"] + told["unpaid"]
    return str(lost) if lost else ""


def _against(numbers: Plain) -> Html | None:
    against = numbers.get("against")
    if not against:
        return None
    gains = [
        f"{seat(numbers, name)}: {typeset(signed(told['gain']))} points with {told['level']} instead of {told['against']} "
        f"bots; mandates {percent(told['mandate'])} instead of {percent(told['mandate_against'])}."
        for name, told in against["seats"].items()
        if told["gain"]["mean"] is not None
    ]
    differing = sorted(
        (each for each in [*against["options"], *against["orders"]] if certain(each)), key=lambda each: -abs(each["difference"])
    )[: 2 * MOST]
    titles = {name: card["title"] for name, card in numbers["cards"].items()}
    rows: Rows = [
        [
            each["label"],
            words(
                seat(numbers, each["seat"])
                + (f": “{titles.get(each['card'], each['card'])}”" if "card" in each else ": an order")
            ),
            bar(percent(each["share"]), each["share"]),
            bar(percent(each["share_against"]), each["share_against"]),
        ]
        for each in differing
    ]
    return section(
        f"The same games by {against['bots']} bots",
        p(
            "What one kind of bot chooses and the other does not, where both could. What the stronger one does more of is what "
            "the rules reward."
        ),
        bullets(gains),
        data_table(("Choice", "Who, where", "These bots", "The others"), rows),
        level=3,
    )
