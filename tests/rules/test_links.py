"""Links tell what the rules do, wherever it is written: in answers, orders, groups, branches, clocks and conditions."""

from __future__ import annotations

from tests.support.hands import program_from
from wargame.rules.links import Does, Link, links

SCENARIO = """
format: 1
id: linked
title: Linked
turns: {count: 4}
seats:
  north: {title: North, resources: {coin: {label: Coin, range: [0, 5], start: 3}}}
  south: {title: South}
tracks: {heat: {label: Heat, range: [0, 10], start: 2}}
flags:
  war: {label: War}
  told: {label: Told}
clocks:
  fuse: {label: Fuse, max: 4, at_zero: [inject blast]}
effect_groups:
  light: [start_clock fuse at 2, set war]
actions:
  strike:
    seat: north
    label: Strike
    requires: [{when: not told, otherwise: They know.}]
    effects: [{roll: 50, label: Strike, success: [light], failure: [inject rumour in 2]}]
  confess: {seat: north, label: Confess, effects: [set told, heat + fuse]}
agreements:
  truce: {label: Truce, parties: [north, south], on_sign: [clear war], on_leave: [heat +1]}
injects:
  blast: {title: Blast, to: [north], pool: chained, text: Bang., on_deal: [end_game ruin]}
  rumour:
    title: Rumour
    to: [south]
    pool: chained
    text: They say.
    choices:
      south:
        options:
          - {id: shout, stance: escalate, label: Shout, effects: [{when: war, then: [end truce]}]}
          - {id: wait, stance: hold, label: Wait}
          - {id: ask, stance: deescalate, label: Ask, effects: [stop_clock fuse]}
endings:
  ruin: {title: Ruin}
phases:
  - {id: open, label: Open, kind: automatic, do: [clocks, agreements, endings]}
  - {id: cards, label: Cards, kind: cards}
  - {id: orders, label: Orders, kind: orders}
"""


def test_every_way_is_found() -> None:
    """What an order does in a group or a branch counts as the order's, an answer's as the card's, with the answer named."""
    found = set(links(program_from(SCENARIO)))
    assert {
        Link("actions.strike", "clocks.fuse", Does.STARTS),
        Link("actions.strike", "flags.war", Does.SETS),
        Link("actions.strike", "injects.rumour", Does.BRINGS, "", 2),
        Link("flags.told", "actions.strike", Does.ASKS),
        Link("actions.confess", "flags.told", Does.SETS),
        Link("clocks.fuse", "actions.confess", Does.WEIGHS),
        Link("agreements.truce", "flags.war", Does.CLEARS, "on_sign"),
        Link("clocks.fuse", "injects.blast", Does.BRINGS, "", 0),
        Link("injects.blast", "endings.ruin", Does.FINISHES, "on_deal"),
        Link("flags.war", "injects.rumour", Does.WEIGHS, "shout"),
        Link("injects.rumour", "agreements.truce", Does.ENDS, "shout"),
        Link("injects.rumour", "clocks.fuse", Does.STOPS, "ask"),
    } == found
