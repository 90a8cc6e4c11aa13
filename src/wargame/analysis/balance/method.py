"""What never happened, and how the page was made: who played, how often, and what bots cannot tell."""

from __future__ import annotations

import shlex

from wargame.analysis.balance.naming import listed, plainly, seat
from wargame.analysis.html import Html, bullets, el, join, p, section
from wargame.analysis.sweep.summary import Plain
from wargame.bots.names import LEVELS

RANDOM = "one that chooses by lot among what is legal: it shows what the rules allow, not what they reward"


def never(numbers: Plain) -> Html:
    """Lists of what did not happen in any game, by title."""
    told = numbers["never"]
    cards, actions = numbers["cards"], numbers["actions"]

    def card(name: str) -> str:
        return str(cards[name]["title"]) if name in cards else plainly(name)

    def option(each: Plain) -> str:
        options = cards.get(each["card"], {"choices": {}})["choices"].get(each["seat"], {"options": {}})["options"]
        label = options[each["option"]]["label"] if each["option"] in options else plainly(each["option"])
        return f"“{label}” ({card(each['card'])}, {seat(numbers, each['seat'])})"

    def order(each: Plain) -> str:
        mine = actions.get(each["seat"], {})
        label = mine[each["order"]]["label"] if each["order"] in mine else plainly(each["order"])
        return f"{label} ({seat(numbers, each['seat'])})"

    def label(kind: str, name: str) -> str:
        return str(numbers[kind][name]["label"]) if name in numbers[kind] else plainly(name)

    endings = {each["id"]: each["title"] for each in numbers["endings"]}
    lists = [
        ("Cards that were never dealt", [card(name) for name in told["cards"]]),
        ("Answers that were never given", [option(each) for each in told["options"]]),
        ("Orders that were open and never given", [order(each) for each in told["orders"] if each["open"]]),
        ("Orders that were never open", [order(each) for each in told["orders"] if not each["open"]]),
        ("Agreements that were never signed", [label("agreements", name) for name in told["agreements"]]),
        ("Votes that were never called", [label("motions", name) for name in told["motions"]]),
        ("Votes that were called and never passed", [label("motions", name) for name in told["motions_passed"]]),
        ("Endings that never came", [str(endings.get(name, plainly(name))) for name in told["endings"]]),
        ("Flags that were never set", [plainly(name) for name in told["flags"]]),
        (
            "Names of values that were never reached",
            [f"{each['band']} ({label('tracks', each['track'])})" for each in told["bands"]],
        ),
    ]
    shown = [section(title, bullets(items), level=3) for title, items in lists if items]
    if not shown:
        return p("Everything that can happen did, in at least one game.")
    return join(
        p("A class may still do what bots never did. What was never even open deserves a look in the scenario."),
        el("div", shown, class_="figures"),
    )


def command_of(numbers: Plain) -> str:
    """The command that makes the numbers again."""
    seats = ",".join(numbers["people"])
    parts = [
        "wargame",
        "report",
        "balance",
        numbers["scenario"]["id"],
        "--games",
        str(numbers["games"]),
        "--bots",
        numbers["bots"],
    ]
    parts += ["--seed", str(numbers["seed"]), "--seats", seats]
    if numbers.get("against"):
        parts += ["--against", numbers["against"]["bots"]]
    return shlex.join(parts)


def made(numbers: Plain, version: str) -> Html:
    """The command, the bots, the numbers of games, and how far to trust them."""
    levels = dict.fromkeys(told["level"] for told in numbers["seats"].values())
    against = numbers.get("against")
    if against:
        levels |= dict.fromkeys(told["against"] for told in against["seats"].values())
    people = [seat(numbers, name) for name in numbers["people"]]
    last = numbers["seed"] + numbers["games"] - 1
    scenario = numbers["scenario"]
    return join(
        p("The same command makes the same numbers again, on any machine:"),
        el("pre", el("code", command_of(numbers))),
        bullets(
            [
                f"Scenario: {scenario['title']} ({scenario['id']}, version {scenario['version']}; "
                f"digest {scenario['digest'][:12]}).",
                f"Games: {numbers['games']}, seeds {numbers['seed']} to {last}.",
                f"People's seats, which are judged: {listed(people) if people else 'none'}.",
                f"Bots: {numbers['bots']}.",
                f"Page made by wargame {version}.",
            ]
        ),
        section("Who played", bullets([_level(level) for level in levels]), level=3),
        section(
            "How far to trust it",
            bullets(
                [
                    "Bots are not people: they do not bluff, bargain in words, take offence or answer a story. What they "
                    "often do is what the rules reward at a glance; what they never do may be what a class does first.",
                    "An interval holds the true figure 19 times out of 20, for these bots. It narrows with the number of "
                    "games: four times as many halve it.",
                    "Among many comparisons some look remarkable by chance. Believe a difference when a second run with "
                    "another seed shows it too.",
                    "“Points over others” compares games in which a seat chose with games in which it could have. It is "
                    "no proof of a cause.",
                    "Minutes are reckoned from words and clocks. Classes talk more than that.",
                ]
            ),
            level=3,
        ),
        p("What is folded stays folded on paper: open it before printing.", class_="muted"),
    )


def _level(name: str) -> str:
    words = RANDOM if name == "random" else LEVELS.get(name)
    return f"{name}: {words}." if words else f"{name}."
