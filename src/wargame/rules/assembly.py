"""Agreements, votes, secret decisions, phases, scores and endings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wargame.rules.builder import Builder, Later, Lookup
from wargame.rules.expression import Scope
from wargame.rules.program import (
    NOBODY,
    VOID,
    AgendaDeck,
    Agreement,
    Bloc,
    Body,
    Choice,
    ClockCode,
    Code,
    Effects,
    Ending,
    Income,
    LedgerLine,
    Motion,
    Phase,
    Placement,
    ScorePart,
    Step,
)
from wargame.rules.reach import all_effects, possible, reads
from wargame.rules.tree import Block, EndAgreement, Expr, Type
from wargame.scenario import model as source
from wargame.scenario.node import Map, Node, Scalar
from wargame.scenario.problem import suggest
from wargame.scenario.scalars import shown
from wargame.scenario.text import Text

MOST_IN_A_PHASE = 4_000_000  # steps that all orders of a phase may take
MOST_LEAVING = 40  # agreements that end with one another
STEPS = ("income", "clocks", "agreements", "expiries", "endings")


def maybe(get: Lookup, name: str | None) -> Effects | None:
    """The function of effects that may be missing."""
    found: Effects | None = get(name) if name is not None else None
    return found


# ---------------------------------------------------------------- agreements


def leaving_effects(builder: Builder) -> dict[int, Block]:
    """What leaving each agreement does; needed before any effect that ends one is written."""
    found = {}
    for index, (name, agreement) in enumerate(builder.layout.scenario.agreements.items()):
        scope = _agreement_scope(builder, index, name, agreement, "on_leave")
        found[index] = builder.blocks[scope.path] = builder.effects.block(agreement.on_leave, scope)
    _check_leaving(builder, found)
    return found


def _check_leaving(builder: Builder, leaving: Mapping[int, Block]) -> None:
    """What leaving an agreement can take: it may end others, whose leaving may end yet others. Each ends but once."""
    ends = {index: _ended(block) for index, block in leaving.items()}
    own = {index: builder.cost.block(block) for index, block in leaving.items()}
    for index, agreement in enumerate(builder.layout.scenario.agreements.values()):
        reached: set[int] = set()
        queue = [index]
        while queue and len(reached) <= MOST_LEAVING:
            one = queue.pop()
            if one not in reached:
                reached.add(one)
                queue.extend(ends[one])
        if len(reached) > MOST_LEAVING:
            message = f"Leaving this agreement can end more than {MOST_LEAVING} others, one after the other."
            builder.report.error(agreement.mark, "too_deep", message, "let `on_leave` end fewer of them")
            return
        builder.cost.leaving[index] = sum(own[one] for one in reached)


def _ended(block: Block) -> set[int]:
    """The agreements that effects can end."""
    return {
        agreement
        for effect in all_effects(block)
        if isinstance(effect, EndAgreement)
        for agreement in possible(effect.agreement)
        if agreement != NOBODY
    }


def _agreement_scope(builder: Builder, index: int, name: str, agreement: source.Agreement, part: str) -> Scope:
    # Nobody acts where it lapses by itself.
    me = builder.checker.me((*builder.layout.parties[index], NOBODY))
    return Scope({}, me, True, f"agreements.{name}.{part}", agreement.label)


def build_agreements(builder: Builder, leaving: Mapping[int, Block]) -> list[Later[Agreement]]:
    """All agreements, in declared order."""
    entries = builder.layout.scenario.agreements.items()
    return [_agreement(builder, index, name, agreement, leaving[index]) for index, (name, agreement) in enumerate(entries)]


def _agreement(builder: Builder, index: int, name: str, agreement: source.Agreement, leaving: Block) -> Later[Agreement]:
    layout = builder.layout
    parties = layout.parties[index]
    reasons = builder.reasons(agreement.requires, parties, Scope({}, None, False, f"agreements.{name}", agreement.label), ())
    sign, code_sign = builder.maybe(agreement.on_sign, _agreement_scope(builder, index, name, agreement, "on_sign"))
    turn, code_turn = builder.maybe(agreement.each_turn, _agreement_scope(builder, index, name, agreement, "each_turn"))
    leak, _ = builder.maybe(agreement.on_leak, _agreement_scope(builder, index, name, agreement, "on_leak"))
    leave = builder.emitter.left[index] or None
    ends = builder.test(agreement.ends_when, Scope({}), what="lapse")[0] if agreement.ends_when is not None else None
    costs: dict[int, tuple[tuple[int, int], ...]] = dict.fromkeys(parties, ())
    for key, amount in agreement.cost.items():
        seats = layout.seats_named([Scalar(key, agreement.mark, inline=False)], builder.structure, "who pays")
        for seat in seats:
            if layout.main_resource[seat] == VOID and not layout.partial:
                message = f"`{name}` costs `{layout.owners[seat]}` something, but it has no resource."
                builder.structure.error(agreement.mark, "cost", message)
            elif layout.main_resource[seat] != VOID and amount:
                costs[seat] = ((layout.main_resource[seat], amount),)
    secret = agreement.secret is True or (agreement.secret is not False and agreement.secret > 0)
    percent = 0 if isinstance(agreement.secret, bool) else agreement.secret

    def make(get: Lookup) -> Agreement:
        return Agreement(
            index,
            name,
            agreement,
            layout.agreement_slots[index],
            parties,
            costs,
            tuple(reason(get) for _, reason, _ in reasons),
            secret,
            percent,
            maybe(get, sign),
            maybe(get, turn),
            maybe(get, leave),
            maybe(get, leak),
            get(ends) if ends is not None else None,
            code_sign,
            code_turn,
            Code(((), leaving), ()),
        )

    return make


# ---------------------------------------------------------------- votes


def build_bodies(builder: Builder) -> dict[str, Body]:
    """All bodies by name."""
    layout = builder.layout

    def seat(scalar: Scalar | None, what: str) -> int:
        found = layout.seats_named([scalar], builder.report, what) if scalar is not None else ()
        return found[0] if found else NOBODY

    bodies = {}
    for name, body in layout.scenario.bodies.items():
        blocs = tuple(
            Bloc(
                bloc_name,
                bloc.label or Text({"en": bloc_name.replace("_", " ").capitalize()}),
                bloc.votes,
                seat(bloc.seat, "who decides"),
            )
            for bloc_name, bloc in body.blocs.items()
        )
        lobbyists = layout.seats_named(body.lobby.seats, builder.structure, "who may lobby")
        bodies[name] = Body(
            name, body, seat(body.speaker, "who speaks"), blocs, lobbyists, body.lobby.per_point, body.lobby.limit
        )
    return bodies


def build_motions(builder: Builder, bodies: Mapping[str, Body]) -> list[Later[Motion]]:
    """All motions whose body there is, in declared order."""
    made = []
    for index, (name, motion) in enumerate(builder.layout.scenario.motions.items()):
        body = bodies.get(motion.body.text)
        if body is None:
            message = f"There is no body `{motion.body.text}`."
            hint = suggest(motion.body.text, bodies)
            builder.structure.error(motion.body.mark, "unknown_name", message, hint, len(motion.body.text))
        else:
            made.append(_motion(builder, index, name, motion, body))
    return made


def _motion(builder: Builder, index: int, name: str, motion: source.Motion, body: Body) -> Later[Motion]:
    layout = builder.layout
    me = builder.checker.me((body.speaker,))
    plain = Scope({}, me, False, f"motions.{name}", motion.label)
    votes = sum(bloc.votes for bloc in body.blocs)
    ayes = motion.ayes if isinstance(motion.ayes, int) else votes if motion.ayes == "unanimous" else votes // 2 + 1
    leans: list[tuple[str, Expr] | None] = []
    for bloc in body.blocs:
        lean = motion.leans.get(bloc.id)
        leans.append(builder.number(lean, plain, default=50) if lean is not None or bloc.seat == NOBODY else None)
    for key, scalar in motion.leans.items():
        if all(bloc.id != key for bloc in body.blocs):
            hint = suggest(key, [bloc.id for bloc in body.blocs])
            builder.structure.error(scalar.mark, "unknown_name", f"`{body.id}` has no bloc `{key}`.", hint)
    veto = motion.veto
    by = layout.seats_named([veto.by], builder.structure, "who may veto") if veto is not None else ()
    veto_when = builder.test(veto.when, plain, what="veto")[0] if veto is not None and veto.when is not None else None
    passes, code_pass = builder.maybe(motion.passes, Scope({}, me, True, f"motions.{name}.passes", motion.label))
    fails, code_fail = builder.maybe(motion.fails, Scope({}, me, True, f"motions.{name}.fails", motion.label))

    def make(get: Lookup) -> Motion:
        return Motion(
            index,
            name,
            motion,
            body,
            ayes,
            by[0] if by else NOBODY,
            veto.ayes if veto is not None else 0,
            get(veto_when) if veto_when is not None else None,
            tuple(get(lean[0]) if lean is not None else None for lean in leans),
            tuple(tuple(sorted(reads(lean[1], {"me": (body.speaker,)}))) if lean is not None else () for lean in leans),
            maybe(get, passes),
            maybe(get, fails),
            code_pass,
            code_fail,
            tuple(lean[1] if lean is not None else None for lean in leans),
        )

    return make


# ---------------------------------------------------------------- secret decisions


def build_choices(builder: Builder) -> list[Choice]:
    """All choices, in declared order."""
    layout = builder.layout
    found = []
    for index, (name, choice) in enumerate(layout.scenario.choices.items()):
        seats = layout.seats_named([choice.seat], builder.structure, "who chooses")
        options = tuple(choice.options)
        default = options.index(choice.default) if choice.default in options else -1
        found.append(Choice(index, name, choice, seats[0] if seats else NOBODY, layout.slot_of[name], options, default))
    return found


def build_placements(builder: Builder) -> list[Later[Placement]]:
    """All placements, in declared order."""
    entries = builder.layout.scenario.placements.items()
    return [_placement(builder, index, name, placement) for index, (name, placement) in enumerate(entries)]


def _placement(builder: Builder, index: int, name: str, placement: source.Placement) -> Later[Placement]:
    layout, checker = builder.layout, builder.checker
    piece = placement.piece.text
    seats = layout.seats_named(placement.seats, builder.structure, "who places")
    me = checker.me(seats)
    grid = layout.pieces.get(piece)
    if grid is None:
        hint = suggest(piece, layout.pieces)
        builder.structure.error(placement.piece.mark, "unknown_name", f"There are no pieces `{piece}`.", hint, len(piece))
    for seat in seats:
        if grid is not None and not any(row[seat] for row in grid):
            message = f"`{layout.owners[seat]}` cannot own `{piece}`."
            builder.report.error(placement.piece.mark, "owner", message, "name it under `of` of the piece", len(piece))
    here = checker.ref("here", Type.AREA, tuple(range(len(layout.areas))))
    scope = Scope({"here": here}, me, False, f"placements.{name}")
    test_name, test = builder.test(placement.where, scope, (here,), "placement")
    if placement.where is not None:
        builder.no_peeking(test, seats, placement.where)
    weight, _ = builder.number(placement.weight, scope, (here,), default=1)
    table = builder.module.table(tuple(range(len(layout.areas))))
    where = builder.module.fresh()
    builder.module.define(where, ["b", "me"], [f"return [a for a in {table} if {test_name}(b, me, a)]"])
    builder.trees[where] = test
    return lambda get: Placement(index, name, placement, seats, piece, placement.count, get(where), get(weight))


def build_agendas(builder: Builder) -> list[Later[AgendaDeck]]:
    """The agendas of every seat that is dealt one, by seat."""
    layout = builder.layout
    scores: dict[str, list[tuple[str, source.Agenda, str, Expr]]] = {}
    for deck, agendas in layout.scenario.agendas.items():
        seats = tuple(seat for seat in layout.seats if layout.decks.get(seat, ("",))[0] == deck)
        scope = Scope({}, builder.checker.me(seats), False, f"agendas.{deck}")
        scores[deck] = [(name, agenda, *builder.number(agenda.score, scope)) for name, agenda in agendas.items()]
    return [
        _deck(seat, layout.agenda_slots[seat], layout.decks[seat][0], scores[layout.decks[seat][0]])
        for seat in sorted(layout.decks)
        if layout.agenda_slots[seat] != VOID
    ]


def _deck(seat: int, slot: int, deck: str, scores: Sequence[tuple[str, source.Agenda, str, Expr]]) -> Later[AgendaDeck]:
    trees = tuple(tree for _, _, _, tree in scores)
    return lambda get: AgendaDeck(
        seat, slot, deck, tuple((name, agenda, get(function)) for name, agenda, function, _ in scores), trees
    )


# ---------------------------------------------------------------- turns


def build_phases(builder: Builder) -> list[Later[Phase]]:
    """The phases of a turn."""
    for phase in builder.layout.scenario.phases:
        if phase.kind in (source.PhaseKind.ORDERS, source.PhaseKind.TURNS):
            builder.within_budget(phase.orders * _steps_of_orders(builder), phase.mark, MOST_IN_A_PHASE)
    return [_phase(builder, index, phase) for index, phase in enumerate(builder.layout.scenario.phases)]


def _steps_of_orders(builder: Builder) -> int:
    """The steps that one order of every seat can take, each giving the longest it has."""
    layout, longest = builder.layout, [0] * builder.layout.seat_count
    for name, rows in layout.given.items():
        steps = builder.cost.block(builder.blocks.get(f"actions.{name}.effects", ()))
        for seat in layout.seats:
            longest[seat] = max(longest[seat], steps if rows[seat] else 0)
    return sum(longest)


def _phase(builder: Builder, index: int, phase: source.Phase) -> Later[Phase]:
    steps: list[tuple[str, str | None]] = []
    for number, node in enumerate(phase.do):
        steps.append(_step(builder, phase, number, node))
    own = (builder.blocks.get(f"phases.{phase.id}.do.{number}.effects", ()) for number in range(len(phase.do)))
    builder.within_budget(sum(map(builder.cost.block, own)), phase.mark)
    return lambda get: Phase(index, phase.id, phase, phase.kind, tuple(Step(name, maybe(get, run)) for name, run in steps))


def _step(builder: Builder, phase: source.Phase, number: int, node: Node) -> tuple[str, str | None]:
    if isinstance(node, Scalar) and node.text in STEPS:
        return node.text, None
    if isinstance(node, Map) and [key.text for key, _ in node] == ["effects"]:
        scope = Scope({}, None, True, f"phases.{phase.id}.do.{number}.effects", phase.label)
        return "effects", builder.block(node.get("effects"), scope)[0]
    known = ", ".join(f"`{step}`" for step in STEPS)
    hint = (suggest(node.text, STEPS) if isinstance(node, Scalar) else "") or f"a step is {known} or `{{effects: [...]}}`"
    width = len(node.text) if isinstance(node, Scalar) else 1
    builder.report.error(
        node.mark,
        "unknown_step",
        f"{shown(node.text) if isinstance(node, Scalar) else 'This'} is no step of a phase.",
        hint,
        width,
    )
    return "expiries", None


def build_incomes(builder: Builder) -> list[Later[Income]]:
    """What resources earn, seat by seat."""
    layout = builder.layout
    found: list[Later[Income]] = []
    for seat in layout.seats:
        entry = layout.scenario.seats.get(layout.owners[seat])
        kind = layout.scenario.seat_kinds.get(layout.kind_of_seat.get(seat, ""))
        resources = {**(kind.resources if kind else {}), **(entry.resources if entry else {})}
        for part, resource in resources.items():
            if resource.income is not None:
                scope = Scope({}, builder.checker.me((seat,)), False, f"income.{part}")
                name, amount = builder.number(resource.income, scope)
                builder.incomes.append((seat, layout.resources[part][seat], amount))
                found.append(_income(seat, layout.resources[part][seat], name))
    return found


def _income(seat: int, slot: int, name: str) -> Later[Income]:
    return lambda get: Income(seat, slot, get(name))


def build_clocks(builder: Builder) -> list[Later[ClockCode]]:
    """All clocks, in declared order."""
    found: list[Later[ClockCode]] = []
    for name, clock in builder.layout.scenario.clocks.items():
        scope = Scope({}, None, True, f"clocks.{name}.at_zero", clock.label)
        zero, _ = builder.maybe(clock.at_zero, scope)
        found.append(_clock(builder.layout.slot_of[name], name, clock, zero))
    return found


def _clock(slot: int, name: str, clock: source.Clock, zero: str | None) -> Later[ClockCode]:
    return lambda get: ClockCode(name, clock, slot, clock.tick, maybe(get, zero))


# ---------------------------------------------------------------- how it ends


def build_scores(builder: Builder) -> list[list[Later[ScorePart]]]:
    """The parts of every seat's score: its own, else its kind's, else its role's."""
    layout = builder.layout
    made: dict[str, list[Later[ScorePart]]] = {}
    speaks: dict[int, str] = {}
    entries = layout.scenario.scoring.seats
    for key, parts in entries.items():
        mark = parts[0].mark if parts else layout.scenario.scoring.mark
        seats = layout.seats_named([Scalar(key, mark, inline=False)], builder.structure, "whose score it is")
        scope = Scope({}, builder.checker.me(seats), False, f"scoring.{key}")
        made[key] = [_score_part(builder, part, scope) for part in parts]
        for seat in seats:
            before = speaks.get(seat)
            if before is None or _closeness(builder, key, seat) < _closeness(builder, before, seat):
                speaks[seat] = key
    return [made[speaks[seat]] if seat in speaks else [] for seat in layout.seats]


def _closeness(builder: Builder, key: str, seat: int) -> int:
    if key == builder.layout.owners[seat]:
        return 0
    return 1 if key == builder.layout.kind_of_seat.get(seat) else 2


def _score_part(builder: Builder, part: source.ScorePart, scope: Scope) -> Later[ScorePart]:
    name, tree = builder.number(part.value, scope)
    return lambda get: ScorePart(part, get(name), tree)


def build_endings(builder: Builder) -> list[Later[Ending]]:
    """All endings, in declared order."""
    found: list[Later[Ending]] = []
    for index, (name, ending) in enumerate(builder.layout.scenario.endings.items()):
        when = builder.test(ending.when, Scope({}), what="ending")[0] if ending.when is not None else None
        found.append(_ending(index, name, ending, when))
    return found


def _ending(index: int, name: str, ending: source.Ending, when: str | None) -> Later[Ending]:
    return lambda get: Ending(index, name, ending, get(when) if when is not None else None)


def build_ledger(builder: Builder) -> list[Later[LedgerLine]]:
    """The numbers beside the scores."""
    found: list[Later[LedgerLine]] = []
    for line in builder.layout.scenario.ledger:
        name, _ = builder.number(line.value, Scope({}))
        found.append(_line(line, name))
    return found


def _line(line: source.LedgerLine, name: str) -> Later[LedgerLine]:
    return lambda get: LedgerLine(line, get(name))
