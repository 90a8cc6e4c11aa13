"""A scenario with one seat and one card a turn, for tests of what is around a game."""

from __future__ import annotations

POND = {
    "scenario.yaml": """\
format: 1
id: pond
title: Pond
version: "1"
summary: A side and a pond.
turns: {count: 3, length: a day}
tracks:
  tension: {label: Tension, range: [0, 100], start: 5}
seats:
  red: {title: The Red Shore}
  blue: {title: The Blue Shore, optional: true}
injects:
  heron:
    title: A Heron
    to: [red]
    pool: trigger
    trigger: {turns: "1", once: true}
    text: A heron stands in the pond.
    choices:
      red:
        default: wait
        options:
          - {id: shout, stance: escalate, label: Shout, effects: [tension +1]}
          - {id: wait, stance: hold, label: Wait and look, effects: [tension -1]}
          - {id: leave, stance: deescalate, label: Walk away, effects: [tension -1]}
phases:
  - {id: desk, label: Desk, kind: cards, seconds: 600, cards: 1}
  - {id: close, label: Close, kind: automatic, do: [endings]}
scoring:
  mandate: 60
  seats:
    red: [{label: Peace, value: 100 - tension, max: 100, words: How calm it is.}]
    blue: [{label: Peace, value: 100 - tension, max: 100, words: How calm it is.}]
"""
}
