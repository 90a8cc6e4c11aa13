"""Warnings about what can never happen: cards, orders, answers, agreements, votes; and about what never stops."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wargame.rules.builder import Builder
from wargame.rules.course import Course, Why, things
from wargame.rules.lint_unused import ours
from wargame.rules.reach import all_effects
from wargame.rules.tree import Block, CallVote, Const, Do, Each, Inject
from wargame.scenario.model import Pool
from wargame.scenario.node import NOWHERE, Mark


def warn_of_course(builder: Builder) -> Course:
    """Adds the warnings; returns the course of the game that the other warnings build upon.

    A thing that cannot happen for reasons of its own is told of; what follows from that is not, but for cards: a chained card
    whose every cause never happens is told of, too.
    """
    untouched = frozenset(_untouched(builder))
    course = Course(builder, untouched=untouched)
    dead = [thing for thing in things(builder) if thing not in course.happens]
    dead = [thing for thing in dead if not _above(thing) or _above(thing) in course.happens]
    if dead:
        causes = _causes(builder)
        alone = Course(builder, everything=True, untouched=untouched)
        told = [thing for thing in dead if _tell(builder, thing, alone.why_not(thing), causes)]
        assumed = Course(builder, assumed=frozenset(told), untouched=untouched)
        for thing in dead:
            if thing in told:
                continue
            if thing not in assumed.happens:
                _tell(builder, thing, assumed.why_not(thing), causes)
            elif _is_chained(builder, thing):
                _tell(builder, thing, course.why_not(thing), causes)
    _unaffordable(builder, course)
    _endless(builder)
    return course


def _untouched(builder: Builder) -> Iterator[int]:
    """The slots of the scenario's own tracks and flags that no effect writes to."""
    scenario = builder.layout.scenario
    for entries in (scenario.tracks, scenario.flags):
        for name, entry in entries.items():
            if f"write {name}" not in builder.checker.used and ours(entry.mark):
                yield builder.layout.slot_of[name]


def _above(thing: str) -> str:
    """The card that an answer belongs to; empty for everything else."""
    parts = thing.split(".")
    return ".".join(parts[:2]) if len(parts) > 2 else ""


def _is_chained(builder: Builder, thing: str) -> bool:
    section, _, name = thing.partition(".")
    cards = builder.layout.scenario.injects
    return section == "injects" and name in cards and cards[name].pool is Pool.CHAINED


def _tell(builder: Builder, thing: str, why: Why | None, causes: Mapping[str, str]) -> bool:
    """Warns of a thing that cannot happen, if there is a reason and it is the scenario's own; whether it did."""
    mark = _mark(builder, thing)
    if why is None or not ours(mark):
        return False
    section, _, name = thing.partition(".")
    report, last, width = builder.report, name.rpartition(".")[2], 1 if _above(thing) else len(name)
    if section == "motions":
        called = f"motion {name}" in builder.checker.used
        message = f"What calls a vote on `{name}` never happens." if called else f"No effect ever calls a vote on `{name}`."
        report.warning(mark, "unused", message, "" if called else f"`call_vote {name}`", width)
        return True
    if _is_chained(builder, thing):
        cause = causes.get(name)
        hint = "" if cause is not None else f"schedule it with `inject {name}`, or put it on the `shelf`"
        message = f"Nothing ever schedules the chained card `{name}`."
        if cause is not None:
            message = f"The card `{name}` can never come: only `{cause}` schedules it, and that never happens."
        report.warning(mark, "unscheduled_card", message, hint, width)
        return True
    if section == "actions" and why.expr is None:
        return False  # nobody can pay for it: `_unaffordable` says so in full
    if why.expr is not None and why.expr.mark != NOWHERE and ours(why.expr.mark):
        mark, width = why.expr.mark, why.expr.width
    if section == "injects" and not _above(thing):
        report.warning(mark, "never_fires", f"The card `{name}` can never come by itself: {why.words}.", "", width)
    else:
        done = "given" if _above(thing) else "ordered" if section == "actions" else "signed"
        what = f"The answer `{last}`" if _above(thing) else f"`{name}`"
        report.warning(mark, "never_legal", f"{what} can never be {done}: {why.words}.", "", width)
    return True


def _mark(builder: Builder, thing: str) -> Mark:
    scenario = builder.layout.scenario
    section, name, *rest = thing.split(".")
    if rest:
        _, key, option = rest
        return next(one.mark for one in scenario.injects[name].choices[key].options if one.id == option)
    mark: Mark = getattr(scenario, section)[name].mark
    return mark


def _causes(builder: Builder) -> dict[str, str]:
    """By card, the first thing whose effects schedule it."""
    cards = list(builder.layout.scenario.injects)
    found: dict[str, str] = {}
    for path, block in builder.blocks.items():
        for effect in all_effects(block):
            if isinstance(effect, Inject):
                found.setdefault(cards[effect.card], ".".join(path.split(".")[:2]))
    return found


def _unaffordable(builder: Builder, course: Course) -> None:
    """Orders that a seat which has them on its menu can never pay for."""
    layout = builder.layout
    for name, action in layout.scenario.actions.items():
        poor = course.too_poor(name) if ours(action.mark) else {}
        if poor:
            amount = max(amount for _, amount in poor.values())
            slots = " and ".join(f"`{layout.slots[slot].name}`" for slot, _ in poor.values())
            message = f"`{name}` costs {amount}, more than {slots} can ever be."
            builder.report.warning(action.mark, "unaffordable", message, "", len(name))


# ---------------------------------------------------------------- what never stops


def _endless(builder: Builder) -> None:
    """Cards that bring themselves back every turn, and votes that always call themselves again."""
    scenario = builder.layout.scenario
    cards = list(scenario.injects)
    brings: dict[str, list[str]] = {}
    for name, card in scenario.injects.items():
        if not card.trigger.once:
            brings[name] = [cards[number] for number in _surely(builder.blocks.get(f"injects.{name}.on_deal", ()))]
    told: set[str] = set()
    for name in brings:
        ring = _ring(brings, name)
        if ring and told.isdisjoint(ring) and ours(scenario.injects[name].mark):
            told.update(ring)
            through = f" through {' and '.join(f'`{one}`' for one in ring[1:])}" if len(ring) > 1 else ""
            message = f"Once the card `{name}` has come, it comes back every turn: it schedules itself{through}."
            hint = "give it `once: true`, or schedule it only `when` something holds"
            builder.report.warning(scenario.injects[name].mark, "endless", message, hint, len(name))
    for number, (name, motion) in enumerate(scenario.motions.items()):
        ends = [_calls(builder.blocks.get(f"motions.{name}.{end}", ()), number) for end in ("passes", "fails")]
        if all(ends) and ours(motion.mark):
            message = f"The vote on `{name}` calls itself again whether it passes or fails, so it never ends."
            builder.report.warning(motion.mark, "endless", message, "let one of the two settle it", len(name))


def _surely(block: Block) -> Iterator[int]:
    """The cards that effects schedule for the same turn whatever the board and the dice say."""
    for effect in block:
        if isinstance(effect, Inject) and isinstance(effect.delay, Const) and effect.delay.value <= 0:
            yield effect.card
        elif isinstance(effect, Do):
            yield from _surely(effect.group.body)
        elif isinstance(effect, Each) and effect.test is None and effect.domain.near is None and effect.domain.members:
            yield from _surely(effect.body)


def _calls(block: Block, motion: int) -> bool:
    for effect in block:
        if isinstance(effect, CallVote) and effect.motion == motion:
            return True
        if isinstance(effect, Do) and _calls(effect.group.body, motion):
            return True
    return False


def _ring(brings: dict[str, list[str]], name: str) -> list[str]:
    """The shortest way from a card back to itself; empty if there is none."""
    ways = [[name]]
    seen = {name}
    while ways:
        way = ways.pop(0)
        for after in brings.get(way[-1], ()):
            if after == name:
                return way
            if after not in seen:
                seen.add(after)
                ways.append([*way, after])
    return []
