"""`wargame stats`: a scenario in figures."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from textwrap import wrap
from typing import Any

import click

COLUMNS = 100


@click.command("stats")
@click.argument("scenario")
@click.option("--language", metavar="CODE", help="Of the texts in this language; the scenario's first, if not given.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON and nothing else.")
def stats(scenario: str, language: str | None, as_json: bool) -> None:
    """Tell how much there is in SCENARIO: words, cards, reading level, minutes at the table.

    SCENARIO is a folder or the name of a shipped scenario.
    """
    from wargame.analysis.stats import stats as count
    from wargame.cli.opening import open_scenario

    _, program = open_scenario(scenario, language)
    numbers = count(program)
    if as_json:
        click.echo(json.dumps(numbers, ensure_ascii=False, indent=1))
        return
    for line in tell(numbers):
        click.echo(line)


def tell(numbers: Mapping[str, Any]) -> Iterator[str]:
    """The figures as lines of at most `COLUMNS` letters."""
    from wargame.analysis.sweep.words import minutes as spent

    yield numbers["title"]
    yield "=" * len(numbers["title"])
    yield from wrap(", ".join(f"{count} {_many(what, count)}" for what, count in numbers["counts"].items() if count), COLUMNS)
    yield f"Cards by how they come: {', '.join(f'{count} {pool}' for pool, count in numbers['pools'].items())}."
    yield ""
    yield "Seats              words: briefing   menu  cards   cards  orders   ▲ ■ ▼ answers   ▲ ■ ▼ orders"
    for seat in numbers["seats"].values():
        answers, orders = (
            " ".join(f"{count:2}" for count in seat[key].values()) for key in ("answers_by_stance", "orders_by_stance")
        )
        words = f"{seat['briefing_words']:9} {seat['menu_words']:6} {seat['card_words']:6}"
        yield f"{seat['title'][:24]:24} {words} {seat['cards']:7} {seat['orders']:7}   {answers:>13}   {orders:>12}"
    yield ""
    yield "Reading            words  words a sentence   LIX                 school grade (English)"
    for name, row in numbers["reading"].items():
        length = row["words"] / max(1, row["sentences"])
        lix = f"{row['lix']:4.0f} {row['level']:14}"
        yield f"{name.capitalize():16} {row['words']:7} {length:17.1f}   {lix} {row['grade']:9.0f}"
    yield ""
    yield from wrap(
        "Longest cards: " + ", ".join(f"{one['title']} ({one['words']})" for one in numbers["longest_cards"]), COLUMNS
    )
    if numbers["objectives"]:
        yield ""
        yield "Objectives, and how many cards serve each"
        for one in numbers["objectives"]:
            yield f"  {len(one['cards']):3}  {one['title'][:70]}"
    time = numbers["minutes"]
    yield ""
    yield "Minutes:"
    yield from wrap(f"{spent(time)} {time['assumed']}", COLUMNS)


def _many(what: str, count: int) -> str:
    return what[:-1] if count == 1 else what
