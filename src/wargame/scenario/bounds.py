"""What the fields of the model may hold beyond what their types say: bounds, counts, words."""

from __future__ import annotations

from collections.abc import Mapping

from wargame.scenario import model

MOST = 1_000_000  # the largest number a scenario may hold, either sign

# Bounds of whole numbers that are narrower than 0..MOST.
LIMITS: Mapping[tuple[type, str], tuple[int, int]] = {
    (model.Quantity, "start"): (-MOST, MOST),
    (model.AreaValue, "start"): (-MOST, MOST),
    (model.Seat, "start"): (-MOST, MOST),
    (model.Area, "at"): (0, 99),
    (model.Area, "values"): (-MOST, MOST),
    (model.Clock, "max"): (1, MOST),
    (model.Clock, "tick"): (1, MOST),
    (model.Turns, "count"): (1, 1000),
    (model.Action, "order"): (0, 99),
    (model.Trigger, "cooldown"): (0, 200),
    (model.Agreement, "secret"): (0, 100),
    (model.Transfers, "limit"): (0, 100),
    (model.Bloc, "votes"): (1, 1000),
    (model.Lobby, "per_point"): (0, 100),
    (model.Lobby, "limit"): (0, 100),
    (model.Veto, "ayes"): (1, MOST),
    (model.Motion, "ayes"): (1, MOST),
    (model.Placement, "count"): (1, 100),
    (model.Agenda, "max"): (0, 100),
    (model.Phase, "seconds"): (0, 86_400),
    (model.Phase, "orders"): (0, 20),
    (model.Phase, "agreements"): (0, 20),
    (model.Phase, "cards"): (0, 20),
    (model.Phase, "cards_with_chained"): (0, 20),
    (model.Phase, "draw"): (0, 20),
    (model.Scoring, "mandate"): (0, 100),
    (model.Scoring, "ending_cap"): (0, 100),
}

# How many entries a section may hold where that multiplies: each area has a slot for each piece of each owner.
COUNTS: Mapping[tuple[type, str], int] = {
    (model.Scenario, "seats"): 250,
    (model.Scenario, "factions"): 40,
    (model.Scenario, "areas"): 200,
    (model.Scenario, "area_values"): 20,
    (model.Scenario, "pieces"): 20,
}

# Words of which a text field takes one.
WORDS: Mapping[tuple[type, str], tuple[str, ...]] = {
    (model.Flag, "expires"): ("never", "turn_end"),
    (model.Motion, "ayes"): ("majority", "unanimous"),
}
