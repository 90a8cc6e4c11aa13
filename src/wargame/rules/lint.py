"""Warnings: what a designer probably did not mean. Only what is certain is said, so good scenarios get none."""

from __future__ import annotations

from wargame.rules.builder import Builder
from wargame.rules.intervals import NO, YES, interval
from wargame.rules.tree import Compare, Const, Expr, Logic, Member, Not, Start
from wargame.scenario.model import Pool
from wargame.scenario.node import Mark

RULEBOOKS = "rulebooks/"  # where rulebooks' files stand; what a scenario leaves unused of them is no fault
TOLD_ELSEWHERE = ("trigger", "requirement", "target", "lock")  # as a card that never comes, an order that is never legal


def warn(builder: Builder) -> None:
    """Adds the warnings to the report."""
    _conditions(builder)
    _tracks_and_flags(builder)
    _unused(builder)


def _conditions(builder: Builder) -> None:
    """Conditions that always or never hold, whatever the board."""
    for test, mark, width, what in builder.checker.tests:
        if not _ours(mark):
            continue
        result = interval(test, builder.module.ranges)
        if result == YES:
            builder.report.warning(mark, "always_true", "This condition always holds.", "leave it away, or mend it", width)
        elif result == NO and what not in TOLD_ELSEWHERE:
            builder.report.warning(mark, "never_true", "This condition never holds.", "", width)
        elif result not in (YES, NO):
            _parts(builder, test)


def _parts(builder: Builder, test: Expr) -> None:
    if isinstance(test, Not):
        _parts(builder, test.item)
        return
    if not isinstance(test, Logic):
        return
    for item in test.items:
        result = interval(item, builder.module.ranges)
        if result not in (YES, NO):
            _parts(builder, item)
        elif isinstance(item, (Compare, Member, Logic, Not)) and not _deliberate(item):
            always = result == YES
            code, word = ("always_true", "always") if always else ("never_true", "never")
            builder.report.warning(item.mark, code, f"This part {word} holds.", "", item.width)


def _deliberate(expr: Expr) -> bool:
    """Whether a part is fixed because it only speaks of what is fixed: constants of the map, the board at the start."""
    if isinstance(expr, Compare):
        return all(isinstance(side, (Const, Start)) for side in (expr.left, expr.right))
    return False


def _ours(mark: Mark) -> bool:
    return not mark.file.startswith(RULEBOOKS)


def _tracks_and_flags(builder: Builder) -> None:
    scenario, used, report = builder.layout.scenario, builder.checker.used, builder.report
    for name, track in scenario.tracks.items():
        if f"write {name}" not in used and track.range.lo != track.range.hi and _ours(track.mark):
            report.warning(track.mark, "unmoved", f"Nothing ever changes the track `{name}`.", "", len(name))
    for name, flag in scenario.flags.items():
        if not _ours(flag.mark):
            continue
        written = f"write {name}" in used
        if name in used and not written and not flag.start:  # one that holds from the start is a fact of the scenario
            message = f"The flag `{name}` is read, but nothing ever sets it."
            report.warning(flag.mark, "unset_flag", message, f"an effect `set {name}`?", len(name))
        elif name not in used and written and not _seen(builder, name):  # what players see is there to be seen
            message = f"The flag `{name}` is set, but no rule reads it and no seat sees it."
            report.warning(flag.mark, "unread_flag", message, "", len(name))
        elif name not in used and not written and not flag.start:
            report.warning(flag.mark, "unused", f"The flag `{name}` is neither set nor read.", "", len(name))


def _seen(builder: Builder, name: str) -> bool:
    slot = builder.layout.slot_of[name]
    return any(builder.sights.ever(viewer, slot) for viewer in range(builder.layout.seat_count + 1))


def _unused(builder: Builder) -> None:
    scenario, used, report = builder.layout.scenario, builder.checker.used, builder.report
    for name, card in scenario.injects.items():
        if card.pool is Pool.CHAINED and f"card {name}" not in used and _ours(card.mark):
            hint = f"schedule it with `inject {name}`, or put it on the `shelf`"
            report.warning(card.mark, "unscheduled_card", f"Nothing ever schedules the chained card `{name}`.", hint, len(name))
    for words, entries in (("value", scenario.values), ("effect group", scenario.effect_groups)):
        for key, node in entries.items():
            name = key.partition("(")[0].strip()
            if name not in used and _ours(node.mark):
                report.warning(node.mark, "unused", f"The {words} `{name}` is never used.")
    for name, lock in scenario.locks.items():
        if f"lock {name}" not in used and _ours(lock.mark):
            report.warning(lock.mark, "unused", f"No action has the lock `{name}`.", "", len(name))
    for name, motion in scenario.motions.items():
        if f"motion {name}" not in used and _ours(motion.mark):
            report.warning(motion.mark, "unused", f"No effect ever calls a vote on `{name}`.", f"`call_vote {name}`", len(name))
    for name, ending in scenario.endings.items():
        if ending.when is None and f"ending {name}" not in used and _ours(ending.mark):
            hint = f"give it `when`, or an effect `end_game {name}`"
            report.warning(ending.mark, "unused", f"The game can never end with `{name}`.", hint, len(name))
