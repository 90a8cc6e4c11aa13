"""What `wargame rehearse`, `wargame fit` and `wargame host --minutes` share: paces, people, and a scenario with a fit file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from wargame.analysis.rehearsal.fit import Fitted
    from wargame.analysis.rehearsal.pace import Pace
    from wargame.rules.program import Program

F = TypeVar("F", bound=Callable[..., Any])


def pace_option(command: F) -> F:
    """`--pace`."""
    words = "How fast the class reads and decides."
    return click.option(
        "--pace", type=click.Choice(["slow", "usual", "brisk"]), default="usual", show_default=True, help=words
    )(command)


def people_of(name: str, program: Program, wanted: str) -> tuple[str, ...]:
    """The seats that people take, as `simulate --seats` reads them. Ends the command (exit 2) where it makes no sense."""
    from wargame.analysis.simulate import balance_of
    from wargame.analysis.simulate import people_of as named
    from wargame.scenario.problem import Report
    from wargame.scenario.shipped import find_scenario

    try:
        return named(program, wanted, balance_of(find_scenario(name), program.seats, Report()))
    except ValueError as fault:
        raise click.UsageError(str(fault)) from fault


def pace_named(name: str) -> Pace:
    """A pace by its name."""
    from wargame.analysis.rehearsal.pace import paces

    return paces()[name]


def fit_to(
    scenario: str,
    minutes: int,
    *,
    pace: str,
    seats: str = "required",
    students: int | None = None,
    opening: float | None = None,
    debrief: float | None = None,
    language: str | None = None,
) -> Fitted:
    """The plan that fits a scenario to so many minutes. Ends the command where that cannot be (exit 1)."""
    from wargame.analysis.rehearsal.fit import Seating, TooShortError, fit
    from wargame.cli.opening import open_scenario

    _, program = open_scenario(scenario, language)
    people = people_of(scenario, program, seats)
    members: Mapping[str, int] = {}
    try:
        if students is not None:
            members = Seating.of(students, people).members

        def make(text: str) -> Program:
            return open_scenario(scenario, language, text)[1]

        return fit(make, minutes, people, pace_named(pace), members=members, opening=opening, debrief=debrief)
    except TooShortError as fault:
        raise click.ClickException(str(fault)) from fault
    except ValueError as fault:
        raise click.UsageError(str(fault)) from fault


def read_fit_file(path: Path) -> str:
    """What a fit file says, as text. Ends the command (exit 2) where it cannot be read."""
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise click.UsageError(f"{path} cannot be read: {fault}") from fault


def told(plan: Fitted) -> list[str]:
    """A plan in sentences."""
    from wargame.analysis.rehearsal.fit import lost

    whole, kept = plan.whole.program, plan.kept.program
    spent = plan.minutes - plan.play + plan.kept.minutes.median
    lines = [
        f"{whole.scenario.title} in {plan.minutes} minutes: about {spent:.0f} as rehearsed "
        f"({plan.kept.minutes.median:.0f} to play, {plan.minutes - plan.play:.0f} for opening and debrief). "
        f"Whole it plays in about {plan.whole.minutes.median:.0f}."
    ]
    turns = whole.scenario.turns.count - kept.scenario.turns.count
    if turns:
        lines.append(f"Turns: {kept.scenario.turns.count} of {whole.scenario.turns.count}.")
    for before, after in zip(whole.phases, kept.phases, strict=True):
        if before.model.seconds != after.model.seconds:
            lines.append(f"{before.model.label}: {after.model.seconds} seconds instead of {before.model.seconds}.")
        if before.model.cards != after.model.cards:
            lines.append(f"{before.model.label}: {after.model.cards} cards a turn instead of {before.model.cards}.")
    titles = {card.id: str(card.model.title) for card in whole.cards}
    for card, turn in plan.fit.plan.items():
        lines.append(f"Turn {turn}: “{titles[card]}” comes for certain, so that its objective is met.")
    gone = [titles[card] for card in plan.left_out()]
    if gone:
        lines.append(
            f"Left out ({len(gone)} cards that do not come in time; you can still deal them by hand): {', '.join(gone)}."
        )
    for name, (before_share, after_share) in plan.coverage().items():
        title = whole.scenario.objectives[name].title
        lines.append(f"Objective {name} ({title}): met in {after_share:.0%} of rehearsals (whole: {before_share:.0%}).")
    parts = lost(plan)
    if parts:
        lines.append(f"Parts of objectives that are now met seldom: {', '.join(parts)}.")
    if not (turns or plan.fit.seconds or plan.fit.cards):
        lines.append("Nothing had to go.")
    return lines
