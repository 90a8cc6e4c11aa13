"""Warnings: what a designer probably did not mean. Only what is certain is said, so good scenarios get none.

Here they are run, and conditions are judged; `lint_course` tells what can never happen, `lint_cards` what is wrong with
cards as something to learn from, `lint_unused` what nothing uses.
"""

from __future__ import annotations

from wargame.rules.builder import Builder
from wargame.rules.course import Course
from wargame.rules.intervals import NO, YES, Ranges, interval, verdict
from wargame.rules.lint_cards import warn_of_cards
from wargame.rules.lint_course import warn_of_course
from wargame.rules.lint_unused import ours, warn_of_unused
from wargame.rules.tree import Compare, Const, Expr, Logic, Member, Not, Start

# Conditions of which another warning tells that they never hold: a card that never comes, an order that is never legal.
TOLD_ELSEWHERE = ("trigger", "requirement", "target", "lock")


def warn(builder: Builder) -> None:
    """Adds the warnings to the report."""
    course = warn_of_course(builder)
    warn_of_unused(builder, course)
    warn_of_cards(builder, course)
    _conditions(builder, course)


def _conditions(builder: Builder, course: Course) -> None:
    """Conditions that always or never hold, given how far slots can move. One that never moves counts as free: either it is a
    fact of the scenario, or there is a warning of its own about it."""
    slots = builder.layout.slots

    def known(slot: int) -> tuple[int, int]:
        return course.ranges.known(slot) if course.moved(slot) else (slots[slot].lo, slots[slot].hi)

    everywhere = builder.module.ranges.knowing(known)
    cards = {id(builder.needs[f"injects.{name}"][0][0]): card for name, card in builder.layout.scenario.injects.items()}
    for test, mark, width, what in builder.checker.tests:
        if not ours(mark):
            continue
        ranges = everywhere.knowing(course.window(cards[id(test)], known)) if id(test) in cards else everywhere
        result = verdict(test, ranges)
        if result == YES:
            builder.report.warning(mark, "always_true", "This condition always holds.", "leave it away, or mend it", width)
        elif result == NO and what not in TOLD_ELSEWHERE:
            builder.report.warning(mark, "never_true", "This condition never holds.", "", width)
        elif result not in (YES, NO):
            _parts(builder, test, ranges)


def _parts(builder: Builder, test: Expr, ranges: Ranges) -> None:
    if isinstance(test, Not):
        _parts(builder, test.item, ranges)
        return
    if not isinstance(test, Logic):
        return
    for item in test.items:
        result = interval(item, ranges)
        if result not in (YES, NO):
            _parts(builder, item, ranges)
        elif isinstance(item, (Compare, Member, Logic, Not)) and not _deliberate(item):
            always = result == YES
            code, word = ("always_true", "always") if always else ("never_true", "never")
            builder.report.warning(item.mark, code, f"This part {word} holds.", "", item.width)


def _deliberate(expr: Expr) -> bool:
    """Whether a part is fixed because it only speaks of what is fixed: constants of the map, the board at the start."""
    if isinstance(expr, Compare):
        return all(isinstance(side, (Const, Start)) for side in (expr.left, expr.right))
    return False
