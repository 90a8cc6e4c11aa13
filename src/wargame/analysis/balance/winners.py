"""Who wins and how it ends: mandates, highest scores, how scores are spread, endings by turn."""

from __future__ import annotations

from wargame.analysis.balance.naming import Rows, between, listed, percent, seat, typeset
from wargame.analysis.html import Html, bullets, el, join, p, section
from wargame.analysis.page.charts import Row, histogram, intervals, stances
from wargame.analysis.page.document import figure, figures
from wargame.analysis.page.tables import bar, by_turn, data_table, heat, number, words
from wargame.analysis.sweep.summary import Plain
from wargame.analysis.sweep.words import STANCES, beyond_chance

STEP = 5  # points that a column of a score's histogram holds


def winners(numbers: Plain) -> Html:
    """Mandates and highest scores with their intervals, then a histogram for every seat."""
    seats = numbers["seats"]
    people = [name for name in numbers["people"] if name in seats]
    beside = [told["title"] for name, told in seats.items() if name not in people]
    shares = [
        _shares(
            numbers, "mandate", "Meets its mandate", f"Games in which the seat scores {numbers['mandate']:g} or more", people
        ),
        _shares(numbers, "top", "Has the highest score", "Games in which no other seat scores more", people),
    ]
    return join(
        p(
            "A dot is the share of games, the line through it the interval that holds the true share 19 times out of 20; "
            "green is the target."
        ),
        figures(shares, "figures two"),
        p(f"{listed(beside)} played beside the people's seats; not judged.") if beside else None,
        _together(numbers),
        section("How the scores are spread", figures([_scores(numbers, name) for name in seats]), level=3),
        section(
            "Escalate, hold, de-escalate",
            p("How each seat's answers and orders divide."),
            figures([_stances(numbers, name) for name in seats]),
            level=3,
        ),
    )


def _shares(numbers: Plain, what: str, title: str, words_for: str, people: list[str]) -> Html:
    zones = {
        each["of"]: (each["low"] / 100, each["high"] / 100) for each in numbers["health"]["targets"] if each["measure"] == what
    }
    told = [(name, numbers["seats"][name][what]) for name in people]
    known = [(name, share) for name, share in told if share]
    if not known:
        return Html("")
    ordered = sorted(known, key=lambda each: -each[1]["share"])
    most = max(*(share["high"] for _, share in known), *(zone[1] for zone in zones.values()), 0.2)
    most = min(1.0, -(-most // 0.1) * 0.1)
    rows = [
        Row(seat(numbers, name), share["share"], share["low"], share["high"], between(share), zones.get(name))
        for name, share in ordered
    ]
    table = data_table(
        ("Seat", "Games", "Low", "High"),
        [
            [seat(numbers, name), *(number(percent(share[key]), share[key]) for key in ("share", "low", "high"))]
            for name, share in ordered
        ],
    )
    chart = intervals(f"{title}, by seat", rows, most=most, ends=("0 %", f"{100 * most:.0f} %"))
    return figure([title, el("small", words_for)], chart, table)


def _together(numbers: Plain) -> Html:
    shares = enumerate(numbers["together"]["seats_that_meet"])
    met = [f"{count or 'none'} in {percent(share)}" for count, share in shares if share]
    found = [pair for pair in numbers["together"]["pairs"] if beyond_chance(pair, numbers["games"])]
    pairs = []
    for pair in sorted(found, key=lambda each: -abs(each["share"] - each["if_independent"]))[:4]:
        one, other = (seat(numbers, name) for name in pair["seats"])
        how = "more" if pair["share"] > pair["if_independent"] else "less"
        pairs.append(
            f"{one} and {other} meet their mandates together {how} often than by chance: in {percent(pair['share'])} of games, "
            f"not {percent(pair['if_independent'])}."
        )
    return join(
        p(f"Seats that meet their mandate in the same game: {', '.join(met)} of games.") if met else None, bullets(pairs)
    )


def _scores(numbers: Plain, name: str) -> Html:
    told = numbers["seats"][name]
    score, histogram_of = told["score"], told["score"]["histogram"]
    bins = [sum(histogram_of[at : at + STEP]) for at in range(0, 100, STEP)]
    bins[-1] += sum(histogram_of[100:])
    ends = f"half of the games {score['p25']}–{score['p75']}, nine in ten {score['p5']}–{score['p95']}"
    chart = histogram(
        f"Scores of {told['title']}: median {score['p50']}, {ends}",
        bins,
        0,
        STEP,
        mark=numbers["mandate"],
        mark_name=f"mandate {numbers['mandate']:g}",
        median=score["p50"],
    )
    rows: Rows = [
        [f"{at}–{100 if at + STEP >= 100 else at + STEP - 1}", bar(str(games), games, games / max(*bins, 1))]
        for at, games in zip(range(0, 100, STEP), bins, strict=True)
    ]
    return figure(
        [told["title"], el("small", f"mean {score['mean']:.1f}; {ends}")], chart, data_table(("Score", "Games"), rows)
    )


def _stances(numbers: Plain, name: str) -> Html:
    told = numbers["seats"][name]
    shares = told["stances"]
    said = ", ".join(f"{STANCES[each]} {percent(shares[each])}" for each in STANCES)
    rows: Rows = [
        [f"{sign} {each.replace('deescalate', 'de-escalate')}", bar(percent(shares[each]), shares[each])]
        for each, sign in STANCES.items()
    ]
    chart = stances(f"Stances of {told['title']}: {said}", *(shares[each] for each in STANCES))
    leaning = told["escalation_correlation"]
    note = None
    if leaning is not None and abs(leaning) >= 0.2:
        note = (
            f"It scores {'more' if leaning > 0 else 'less'} in games in which it escalates more (correlation {leaning:+.2f})."
        )
    return figure(told["title"], chart, data_table(("Stance", "Share"), rows), p(note and typeset(note)))


def endings(numbers: Plain) -> Html:
    """Each ending with its share, and in which turn it came."""
    known = sorted((each for each in numbers["endings"] if each["games"]), key=lambda each: -each["games"])
    if not known:
        return Html("")
    rows = [
        Row(
            each["title"] + (" ⚠ catastrophe" if each["catastrophe"] else ""),
            each["share"],
            each["low"],
            each["high"],
            between(each),
        )
        for each in known
    ]
    cut = numbers["catastrophes"]
    heads, _ = by_turn(numbers["turns"]["played"])
    most = max(max(by_turn(each["by_turn"])[1] or [0]) for each in known)
    turns: Rows = [
        [
            each["title"],
            words("catastrophe" if each["catastrophe"] else ""),
            number(str(each["games"]), each["games"]),
            *(heat(f"{games:g}" if games else "·", games, most) for games in by_turn(each["by_turn"])[1]),
        ]
        for each in known
    ]
    return join(
        p(
            f"{numbers['turns']['mean']:.1f} of {numbers['turns']['most']} turns are played on average; "
            f"{between(cut)} of games end in a catastrophe."
        ),
        figures([figure("Share of games", intervals("Endings by share of games", rows, ends=("0 %", "100 %")))], "figures two"),
        section(
            "In which turn",
            p("Games that ended so, by turn."),
            data_table(("Ending", "", "Games", *heads), turns),
            level=3,
        ),
    )
