"""Warnings about what nothing uses: names that nothing refers to, numbers that nothing moves, steps that no phase takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from wargame.rules.builder import Builder
from wargame.rules.course import Course
from wargame.rules.reach import all_effects, cells
from wargame.rules.tree import Block, Read, Write
from wargame.scenario import model
from wargame.scenario.node import Mark

RULEBOOKS = "rulebooks/"  # where rulebooks' files stand; what a scenario leaves unused of them is no fault


def ours(mark: Mark) -> bool:
    """Whether something stands in the scenario itself rather than in a rulebook."""
    return not mark.file.startswith(RULEBOOKS)


def warn_of_unused(builder: Builder, course: Course) -> None:
    """Adds the warnings about what nothing uses or moves."""
    _tracks(builder, course)
    _flags(builder, course)
    _clocks(builder, course)
    _names(builder)
    _steps(builder)
    _phases(builder)


def _tracks(builder: Builder, course: Course) -> None:
    for name, track in builder.layout.scenario.tracks.items():
        slot = builder.layout.slot_of[name]
        if not ours(track.mark) or track.range.lo == track.range.hi or course.moved(slot):
            continue
        if f"write {name}" not in builder.checker.used:
            message = f"Nothing ever changes the track `{name}`."
        else:
            message = f"The track `{name}` never changes: {_idle(builder, course, slot)}."
        builder.report.warning(track.mark, "unmoved", message, "", len(name))


def _flags(builder: Builder, course: Course) -> None:
    used, report = builder.checker.used, builder.report
    for name, flag in builder.layout.scenario.flags.items():
        if not ours(flag.mark):
            continue
        slot = builder.layout.slot_of[name]
        written, read = f"write {name}" in used, name in used
        if read and not flag.start and not course.moved(slot):  # one that holds from the start is a fact of the scenario
            if not written:
                message = f"The flag `{name}` is read, but nothing ever sets it."
                report.warning(flag.mark, "unset_flag", message, f"an effect `set {name}`?", len(name))
            else:
                message = f"The flag `{name}` is read, but never set: {_idle(builder, course, slot)}."
                report.warning(flag.mark, "unset_flag", message, "", len(name))
        elif not read and written and not _seen(builder, slot):  # what players see is there to be seen
            message = f"The flag `{name}` is set, but no rule reads it and no seat sees it."
            report.warning(flag.mark, "unread_flag", message, "", len(name))
        elif not read and not written and not flag.start:
            report.warning(flag.mark, "unused", f"The flag `{name}` is neither set nor read.", "", len(name))


def _idle(builder: Builder, course: Course, slot: int) -> str:
    """Why effects that write to a slot never move it, as half a sentence."""
    for path, block in builder.blocks.items():
        thing = ".".join(path.split(".")[:2])
        can_fail = thing.startswith(("injects.", "actions.", "agreements.", "motions."))
        if can_fail and thing not in course.happens and slot in _written(block):
            return f"only `{thing}` would, and that never happens"
    return "what is done to it comes to nothing"


def _written(block: Block) -> Iterator[int]:
    """The slots that effects can write to."""
    for effect in all_effects(block):
        if isinstance(effect, Write):
            yield from (effect.place.slot,) if isinstance(effect.place, Read) else cells(effect.place)


def _seen(builder: Builder, slot: int) -> bool:
    return any(builder.sights.ever(viewer, slot) for viewer in range(builder.layout.seat_count + 1))


def _clocks(builder: Builder, course: Course) -> None:
    for name, clock in builder.layout.scenario.clocks.items():
        if ours(clock.mark) and course.hi[builder.layout.slot_of[name]] <= 0:
            hint = f"`start_clock {name}`, or give it `start`"
            builder.report.warning(clock.mark, "unstarted_clock", f"Nothing ever starts the clock `{name}`.", hint, len(name))


def _names(builder: Builder) -> None:
    scenario, used, report = builder.layout.scenario, builder.checker.used, builder.report
    for words, entries in (("value", scenario.values), ("effect group", scenario.effect_groups)):
        for key, node in entries.items():
            name = key.partition("(")[0].strip()
            if name not in used and ours(node.mark):
                report.warning(node.mark, "unused", f"The {words} `{name}` is never used.")
    for name, lock in scenario.locks.items():
        if f"lock {name}" not in used and ours(lock.mark):
            report.warning(lock.mark, "unused", f"No action has the lock `{name}`.", "", len(name))
    for name, ending in scenario.endings.items():
        if ending.when is None and f"ending {name}" not in used and ours(ending.mark):
            hint = f"give it `when`, or an effect `end_game {name}`"
            report.warning(ending.mark, "unused", f"The game can never end with `{name}`.", hint, len(name))


# ---------------------------------------------------------------- phases and their steps


def _steps(builder: Builder) -> None:
    """What is declared for a built-in step of a phase, where no phase takes that step."""
    scenario, taken = builder.layout.scenario, builder.steps()
    signed = scenario.agreements.values()
    resources = [*_resources(scenario.seat_kinds), *_resources(scenario.seats)]
    needed: tuple[tuple[str, str, Iterable[Mark]], ...] = (
        ("income", "Income is never paid", [one.mark for one in resources if one.income is not None]),
        ("clocks", "Clocks never run", [one.mark for one in scenario.clocks.values()]),
        (
            "agreements",
            "What agreements do each turn never comes",
            [one.mark for one in signed if one.each_turn or one.on_leak or one.ends_when],
        ),
        ("expiries", "Flags never expire", [one.mark for one in scenario.flags.values() if one.expires == "turn_end"]),
        ("endings", "No ending is ever reached", [one.mark for one in scenario.endings.values() if one.when is not None]),
    )
    for step, message, marks in needed:
        mark = next((mark for mark in marks if ours(mark)), None)
        if mark is not None and step not in taken:
            builder.report.warning(mark, "no_step", f"{message}: no phase has the step `{step}`.", f"`do: [{step}]` in a phase")


def _resources(entries: Mapping[str, model.SeatKind] | Mapping[str, model.Seat]) -> Iterator[model.Resource]:
    for entry in entries.values():
        yield from entry.resources.values()


def _phases(builder: Builder) -> None:
    """What is done in a kind of phase that there is not, or that leaves no room for it."""
    scenario = builder.layout.scenario
    kinds = {phase.kind for phase in scenario.phases}
    desks = [phase for phase in scenario.phases if phase.kind is model.PhaseKind.CARDS]
    rooms = [phase for phase in scenario.phases if phase.kind is model.PhaseKind.ORDERS]
    orders = [*rooms, *(phase for phase in scenario.phases if phase.kind is model.PhaseKind.TURNS)]
    dealt = [card for card in scenario.injects.values() if card.pool not in (model.Pool.SHELF, model.Pool.CONTINGENCY)]
    deck = [card for card in dealt if card.pool is model.Pool.DECK]
    others = [card for card in dealt if card.pool is not model.Pool.DECK]
    absent: tuple[tuple[bool, str, str, Iterable[model.Entry]], ...] = (
        (
            any(max(desk.cards, desk.cards_with_chained or 0) > 0 for desk in desks),
            "No cards come by themselves: there is no phase of kind `cards` with room for one.",
            "a phase `{id: desk, label: Desk, kind: cards}`",
            others,
        ),
        (any(desk.draw > 0 for desk in desks), "No phase draws from the deck.", "`draw: 1` in a phase of kind `cards`", deck),
        (
            any(phase.orders > 0 for phase in orders),
            "Nothing can be ordered: there is no phase of kind `orders` or `turns`.",
            "a phase `{id: rooms, label: Orders, kind: orders}`",
            scenario.actions.values(),
        ),
        (
            any(phase.agreements > 0 for phase in rooms),
            "Nothing can be signed: there is no phase of kind `orders` with room for an agreement.",
            "a phase `{id: rooms, label: Orders, kind: orders}`",
            scenario.agreements.values(),
        ),
        (
            model.PhaseKind.FLOOR in kinds,
            "Nothing is ever voted on: there is no phase of kind `floor`.",
            "a phase `{id: floor, label: Floor, kind: floor}`",
            scenario.motions.values(),
        ),
    )
    for there, message, hint, entries in absent:
        mark = next((entry.mark for entry in entries if ours(entry.mark)), None)
        if mark is not None and not there:
            builder.report.warning(mark, "no_phase", message, hint)
