"""From a scenario to a program: `build` lays it out, checks it, writes the source of its rules and runs that once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from wargame.rules import assembly
from wargame.rules.builder import Builder, Later, Lookup
from wargame.rules.cards import Bound, build_cards, card_variables
from wargame.rules.codegen import Module, Writer
from wargame.rules.effects import EffectChecker
from wargame.rules.emit import EffectModule
from wargame.rules.expression import Checker
from wargame.rules.intervals import whole_board
from wargame.rules.limits import TooBig
from wargame.rules.lint import warn
from wargame.rules.menus import build_actions
from wargame.rules.names import Layout
from wargame.rules.numbering import lay_out, with_stand_ins
from wargame.rules.program import DynamicSight, PoolLimit, Program
from wargame.rules.sight import Depends, Sights, see
from wargame.rules.tree import Const, Type
from wargame.rules.trials import build_trials
from wargame.scenario.model import Scenario
from wargame.scenario.node import Mark
from wargame.scenario.problem import MOST_ERRORS, Problem, Report, Severity, TooManyProblemsError


def build(
    scenario: Scenario,
    report: Report,
    *,
    partial: bool = False,
    recording: bool = True,
    structure: bool = True,
    tests: bool = False,
) -> Program | None:
    """Checks everything a scenario says and compiles it; None when there are errors, which stand in `report`.

    `partial`: a rulebook alone, whose roles and empty kinds are played by stand-ins; nothing is said about what is unused.
    `recording`: whether effects log what they write; without it they run faster and are for playouts that nobody reads.
    `structure`: whether to report faults of structure (names, ranges, who is who); a loader that found some has said so
    in better words. They are kept back, and so are warnings, while `report` has errors already.
    `tests`: whether the scenario's tests are checked and compiled as well; who plays has no use for them.
    """
    made = _write(scenario, report, partial=partial, recording=recording, structure=structure, tests=tests)
    return None if made is None else made[1](made[0].link())


def examine(scenario: Scenario, report: Report, *, partial: bool = False, structure: bool = True) -> None:
    """Reports everything that `build` does, tests included, but makes no functions of the source: a third of the work."""
    _write(scenario, report, partial=partial, recording=True, structure=structure, tests=True)


def _write(
    scenario: Scenario, report: Report, *, partial: bool, recording: bool, structure: bool, tests: bool
) -> tuple[Module, Later[Program]] | None:
    """The source of a scenario's rules, and the program once it is linked; None when there are errors."""
    own, structural = Report(most=MOST_ERRORS), Report(most=MOST_ERRORS)
    made = _lay_out(scenario, own, structural, partial=partial, recording=recording, tests=tests)
    if structure and not report.failed:
        report.problems.extend(structural.problems)
        report.problems.extend(own.problems)
    else:
        report.problems.extend(problem for problem in own.problems if problem.severity is Severity.ERROR)
    return None if own.failed or structural.failed else made


def _lay_out(
    scenario: Scenario, report: Report, structure: Report, *, partial: bool, recording: bool, tests: bool
) -> tuple[Module, Later[Program]] | None:
    if partial:
        scenario = with_stand_ins(scenario)
    try:
        return _prepare(scenario, report, structure, partial=partial, recording=recording, tests=tests)
    except TooBig as error:
        report.problems.append(Problem(scenario.mark, "too_big", error.sentence, error.hint))
    except TooManyProblemsError:
        said = "There are more problems than are listed here."
        report.problems.append(Problem(scenario.mark, "too_many_problems", said, "mend these first"))
    return None


def _prepare(
    scenario: Scenario, report: Report, structure: Report, *, partial: bool, recording: bool, tests: bool
) -> tuple[Module, Later[Program]] | None:
    begun = begin(scenario, report, structure, partial=partial, recording=recording)
    return None if begun is None else (begun[0].module, _compile(*begun, tests=tests))


def begin(
    scenario: Scenario, report: Report, structure: Report, *, partial: bool = False, recording: bool = True
) -> tuple[Builder, Mapping[str, Bound]] | None:
    """A compilation with everything that others are made from: the board, named values, effect groups, sight, and what cards
    bind; None where nobody plays."""
    layout = lay_out(scenario, structure, partial=partial)
    if layout.seat_count == 0:
        return None
    checker = Checker(layout, report)
    bound, variables = card_variables(checker)
    effects = EffectChecker(checker, variables)
    for name in layout.value_keys:
        if layout.declared.get(name) == "a value":
            checker.value(name)
    for name in layout.group_keys:
        if layout.declared.get(name) == "an effect group":
            effects.group(name)
    sights = see(checker)
    module = Module(whole_board(layout.slots), recording)
    emitter = EffectModule(module, layout.slots, layout.agreement_slots, layout.seat_count)
    return Builder(layout, report, structure, checker, effects, sights, module, emitter), bound


def _compile(builder: Builder, bound: Mapping[str, Bound], *, tests: bool) -> Later[Program]:
    layout, scenario = builder.layout, builder.layout.scenario
    leaving = assembly.leaving_effects(builder)
    builder.emitter.take_leaving(leaving)
    actions, listings = build_actions(builder)
    cards = build_cards(builder, bound)
    agreements = assembly.build_agreements(builder, leaving)
    bodies = assembly.build_bodies(builder)
    motions = assembly.build_motions(builder, bodies)
    choices = assembly.build_choices(builder)
    placements = assembly.build_placements(builder)
    agendas = assembly.build_agendas(builder)
    phases = assembly.build_phases(builder)
    incomes = assembly.build_incomes(builder)
    clocks = assembly.build_clocks(builder)
    scores = assembly.build_scores(builder)
    endings = assembly.build_endings(builder)
    ledger = assembly.build_ledger(builder)
    levels = [_level(builder, depends) for depends in builder.sights.depends]
    transfer_groups = tuple(
        layout.seats_named(group, builder.structure, "who may transfer") for group in scenario.transfers.groups
    )
    if not layout.partial and not builder.report.failed and not builder.structure.failed:
        warn(builder)  # over a scenario with errors they would say what only follows from those
    # After the warnings: what only a test does or reads is neither done nor read in any game.
    trials = build_trials(builder) if tests else []

    def make(get: Lookup) -> Program:
        made_actions = tuple(action(get) for action in actions)
        slots = tuple(layout.slots)
        start = tuple(slot.start for slot in slots)
        dynamic = tuple(
            DynamicSight(depends.viewer, depends.slot, get(name), tuple(sorted(depends.reads())))
            for depends, name in zip(builder.sights.depends, levels, strict=True)
        )
        return Program(
            scenario=scenario,
            digest=digest(scenario),
            slots=slots,
            start=start,
            slot_of=dict(layout.slot_of),
            seats=tuple(layout.owners[: layout.seat_count]),
            owners=tuple(layout.owners),
            owner_labels=tuple(layout.owner_labels),
            kinds=dict(layout.sets) | {role: (layout.owner_of[role],) for role in scenario.roles if role in layout.owner_of},
            areas=tuple(layout.areas),
            neighbours=layout.neighbours,
            main_resource=tuple(layout.main_resource),
            turn_slot=layout.turn_slot,
            played=layout.played[: layout.seat_count],
            sight=_sight(builder.sights, dynamic, list(start)),
            dynamic_sight=dynamic,
            sight_reads=frozenset(slot for one in dynamic for slot in one.reads),
            phases=tuple(phase(get) for phase in phases),
            actions=made_actions,
            action_index={action.id: action.index for action in made_actions},
            menus=tuple(tuple(action.index for action in made_actions if seat in action.seats) for seat in layout.seats),
            listings=tuple(get(name) for name in listings),
            cards=tuple(card(get) for card in cards),
            card_index={name: index for index, name in enumerate(scenario.injects)},
            agreements=tuple(agreement(get) for agreement in agreements),
            agreement_index={name: index for index, name in enumerate(scenario.agreements)},
            motions=tuple(motion(get) for motion in motions),
            motion_index={name: index for index, name in enumerate(scenario.motions)},
            bodies=bodies,
            choices=tuple(choices),
            placements=tuple(placement(get) for placement in placements),
            agendas=tuple(deck(get) for deck in agendas),
            incomes=tuple(income(get) for income in incomes),
            clocks=tuple(clock(get) for clock in clocks),
            expiring=tuple(layout.slot_of[name] for name, flag in scenario.flags.items() if flag.expires == "turn_end"),
            scores=tuple(tuple(part(get) for part in parts) for parts in scores),
            endings=tuple(ending(get) for ending in endings),
            ledger=tuple(line(get) for line in ledger),
            sites=tuple(builder.checker.book.sites),
            news=tuple(builder.checker.book.news),
            pools=_pools(layout),
            transfer_limit=scenario.transfers.limit,
            transfer_groups=transfer_groups,
            marks=_marks(scenario),
            trials=tuple(trial(get) for trial in trials),
            trees=builder.trees,
            generated=builder.module.text(),
            recording=builder.module.recording,
        )

    return make


def _level(builder: Builder, depends: Depends) -> str:
    """A function `(b)` that gives a viewer's level of sight."""
    source = "0"
    writer = Writer(builder.module)
    for level in reversed(depends.levels):
        if isinstance(level.test, Const) and level.test.type is Type.TRUTH and level.test.value:
            source = str(int(level.level))
        else:
            source = f"({int(level.level)} if {writer.source(level.test)} else {source})"
    return builder.module.define(builder.module.fresh(), ["b"], [f"return {source}"])


def _sight(sights: Sights, dynamic: tuple[DynamicSight, ...], start: list[int]) -> tuple[bytes, ...]:
    rows = [bytearray(row) for row in sights.fixed]
    for one in dynamic:
        rows[one.viewer][one.slot] = one.level(start)
    return tuple(bytes(row) for row in rows)


def _pools(layout: Layout) -> tuple[PoolLimit, ...]:
    found = []
    for part, piece in layout.scenario.pieces.items():
        if piece.pool is not None:
            for owner in layout.piece_owners[part]:
                slots = tuple(row[owner] for row in layout.pieces[part][:-1] if row[owner])
                found.append(PoolLimit(part, owner, slots, piece.pool))
    return tuple(found)


def _marks(scenario: Scenario) -> dict[str, Mark]:
    sections = (
        "tracks",
        "flags",
        "clocks",
        "seats",
        "areas",
        "actions",
        "injects",
        "agreements",
        "motions",
        "choices",
        "endings",
    )
    return {f"{section}.{name}": entry.mark for section in sections for name, entry in getattr(scenario, section).items()}


def digest(scenario: Scenario) -> str:
    """SHA-256 over the sources by path, hex: the same files give the same digest wherever they lie."""
    hasher = hashlib.sha256()
    for path, text in sorted(scenario.sources.items()):
        for part in (path.encode(), text.encode()):
            hasher.update(len(part).to_bytes(8, "little"))
            hasher.update(part)
    return hasher.hexdigest()
