"""The schedule is fair, ends every phase, and depends on nothing but the seats and what they do."""

from __future__ import annotations

from wargame.bots.schedule import ROUNDS, schedule

MOMENT = ("running", 1, "orders")


def test_each_seat_acts_until_it_wants_no_more_and_seals_only_after_all_are_quiet() -> None:
    wants = {"a": 2, "b": 1}
    sealed: list[str] = []
    log = []
    plan = schedule(["a", "b"])
    turn = next(plan)
    moment = MOMENT
    while moment == MOMENT:
        assert turn is not None
        seat, sealing = turn
        acted = wants[seat] > 0 or (sealing and seat not in sealed)
        if wants[seat]:
            wants[seat] -= 1
            log.append(seat)
        elif sealing and seat not in sealed:
            sealed.append(seat)
            log.append(f"{seat} seals")
        if len(sealed) == 2:
            moment = ("running", 1, "floor")
        turn = plan.send((acted, moment))
    assert log == ["a", "a", "b", "a seals", "b seals"]
    assert turn == ("a", False)


def test_a_phase_that_nobody_ends_is_handed_to_the_caller() -> None:
    plan = schedule(["a", "b"])
    turn = next(plan)
    asked = 0
    while turn is not None:
        asked += 1
        turn = plan.send((False, MOMENT))
    assert asked < 10
    assert plan.send((True, ("running", 1, "close"))) == ("a", False)


def test_seats_that_answer_each_other_for_ever_are_cut_short() -> None:
    plan = schedule(["a", "b"])
    turn = next(plan)
    count = 0
    while turn is not None:
        count += 1
        assert count < 100 * ROUNDS
        turn = plan.send((count % 2 == 1, MOMENT))
