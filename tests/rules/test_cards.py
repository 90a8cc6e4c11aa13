"""Cards, agreements, votes and the rest carry what was declared: who, when, on what condition, with what effect."""

from __future__ import annotations

from tests.support.rules import BASE, Table
from wargame.rules.execution import Execution
from wargame.rules.program import NOBODY, Kind
from wargame.scenario.model import Pool

CARDS = """
injects:
  missing:
    title: Missing
    to: [washington, target]
    pool: trigger
    trigger: {turns: 3-5, when: escalation >= 3, chance: 16 + 20 * mood, once: true, cooldown: 3}
    bind: {target: highest(o.heat for o in cartel), near: first(a for a in areas if a.target.presence > 0), other: cartel}
    on_trigger: [mood +1]
    on_deal: [target.heat +1]
    hint: {cartel: me.heat}
    choices:
      washington:
        options:
          - {id: rescue, stance: escalate, label: Rescue, effects: [target.cash -1]}
          - id: wait
            stance: hold
            label: Wait
            requires: [{when: me.capital > 6, otherwise: Too weak.}]
            effects: [support -1]
      target:
        default: deny
        options:
          - {id: deny, stance: escalate, label: Deny, effects: [me.cash +1]}
  letter:
    title: A letter
    to: [cartel]
    seen_by: addressees
    choices:
      mayiza: {options: [{id: yes_please, stance: hold, label: "Yes", effects: [me.heat -1]}]}
      cartel: {options: [{id: no_thanks, stance: hold, label: "No", effects: [me.heat +1]}]}
"""


def test_card() -> None:
    """A card's window, condition, chance, bindings, addressees and defaults."""
    table = Table(BASE + CARDS)
    card = table.program.cards[0]
    assert (card.pool, card.turns, card.once, card.cooldown, card.private) == (Pool.TRIGGER, (3, 5), True, 3, False)
    assert not card.when(table.board, NOBODY)
    table["escalation"] = 3
    assert card.when(table.board, NOBODY)
    table["mood"] = 2
    assert card.chance(table.board, NOBODY) == 56
    assert [(one.name, one.kind) for one in card.variables] == [
        ("target", Kind.OWNER),
        ("near", Kind.AREA),
        ("other", Kind.OWNER),
    ]
    execution = Execution(bytes(32), "deal")
    bind_target, bind_near, bind_other = card.binds
    assert bind_target is not None
    assert bind_near is not None
    assert bind_other is None
    assert bind_target(table.board, execution, NOBODY) == 1
    assert bind_near(table.board, execution, NOBODY, 2) == 1
    assert [(one.key, one.seats, one.variable, one.default) for one in card.addressees] == [
        ("washington", (0,), -1, 1),
        ("target", (), 0, 0),
    ]
    assert [(seat, value(table.board, seat)) for seat, value in card.hints] == [(1, 3), (2, 1)]


def test_effects_of_a_card() -> None:
    """Dealing and answering act on whom the card is bound to; nobody is nobody."""
    table = Table(BASE + CARDS)
    card = table.program.cards[0]
    assert card.on_deal is not None
    card.on_deal(table.board, Execution(bytes(32), "d"), NOBODY, 2, 0, NOBODY)
    card.on_deal(table.board, Execution(bytes(32), "d"), NOBODY, NOBODY, NOBODY, NOBODY)
    assert (table["mayiza.heat"], table.board[0]) == (2, 0)
    rescue, wait = card.addressees[0].options
    rescue.run(table.board, Execution(bytes(32), "r"), 0, 2, 0, NOBODY)
    assert table["mayiza.cash"] == 5
    assert [str(reason.words) for reason in wait.reasons if not reason.test(table.board, 0, 2, 0, NOBODY)] == ["Too weak."]


def test_a_seat_with_answers_of_its_own() -> None:
    """A seat of an addressed kind may have other answers than the rest of its kind."""
    table = Table(BASE + CARDS)
    card = table.program.cards[1]
    assert [(one.key, one.seats, one.options[0].id) for one in card.addressees] == [
        ("mayiza", (2,), "yes_please"),
        ("cartel", (1,), "no_thanks"),
    ]
    assert card.private


def test_agreements_votes_and_decisions() -> None:
    """Everything else of a scenario is there with its functions."""
    extra = """
placements: {sites: {seats: [cartel], piece: presence, count: 2, where: here.me.presence >= 1, weight: here.plaza}}
transfers: {limit: 2, groups: [[washington, hemisphere], [cartel]]}
ledger: [{label: Heat, value: sum(cartel.heat)}]
"""
    text = BASE.replace(
        "label: Truce, parties: [chapitos, mayiza]",
        "label: Truce, parties: [chapitos, mayiza], secret: 30, cost: {chapitos: 2}, each_turn: [mood +1], on_leak: [mood -1], "
        "ends_when: escalation > 5, requires: [{when: me.heat < 4, otherwise: Hot., for: mayiza}]",
    )
    table = Table(text + extra)
    program = table.program
    truce = program.agreements[1]
    assert (truce.parties, truce.secret, truce.leak) == ((1, 2), True, 30)
    assert truce.costs == {1: ((program.slot_of["chapitos.cash"], 2),), 2: ()}
    assert (truce.reasons[0].seat, truce.reasons[0].test(table.board, 2)) == (2, True)
    assert truce.ends_when is not None
    assert not truce.ends_when(table.board, NOBODY)
    assert truce.each_turn is not None
    truce.each_turn(table.board, Execution(bytes(32), "t"), NOBODY)
    assert table["mood"] == 1
    motion = program.motions[0]
    assert (motion.ayes, motion.veto_by, motion.body.speaker) == (2, NOBODY, 0)
    assert motion.leans[0] is not None
    assert motion.leans[0](table.board, 0) == 52
    assert motion.lean_reads == ((program.slot_of["escalation"],),)
    sites = program.placements[0]
    assert sites.where(table.board, 1) == [0, 1]
    assert sites.weight(table.board, 1, 0) == 3
    assert (program.transfer_limit, program.transfer_groups) == (2, ((0, 3), (1, 2)))
    assert program.ledger[0].value(table.board, NOBODY) == 4
    assert [(deck.seat, deck.deck, [one[0] for one in deck.agendas]) for deck in program.agendas] == [
        (0, "washington", ["home", "glory"]),
        (1, "cartel", ["rich", "loud"]),
        (2, "cartel", ["rich", "loud"]),
    ]
    assert (program.choices[0].options, program.choices[0].default) == (("disrupt", "degrade"), 0)
    ending = program.endings[0]
    assert ending.when is not None
    table["escalation"] = 10
    assert ending.when(table.board, NOBODY)
