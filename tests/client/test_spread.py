"""Everybody at the door gets a place, as evenly as can be, but for those who came under the name of somebody else."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from wargame.client.classroom import Hall, spread

SEATS = ["red", "blue", "green"]


def hall(tables: int, door: list[tuple[str, str]], people: list[tuple[str, str, str]] = ()) -> Hall:  # type: ignore[assignment]
    lobby = [{"request": f"r{place}", "name": name, "seat": wish or None} for place, (name, wish) in enumerate(door)]
    there = [{"person": name, "name": name, "table": table, "seat": seat} for name, table, seat in people]
    return Hall("t0", [{"table": f"t{number}", "status": "lobby"} for number in range(tables)], lobby, there)


@given(st.integers(1, 6), st.lists(st.sampled_from(["", *SEATS]), max_size=60))
def test_everybody_gets_one_place_and_tables_and_teams_are_even(tables: int, wishes: list[str]) -> None:
    """Tables and the seats of a table differ by one at most."""
    made, left = spread(
        hall(tables, [(f"P{chr(65 + number % 26)}{number}x", wish) for number, wish in enumerate(wishes)]), SEATS
    )
    assert not left
    assert [each.request for each in made] == [f"r{number}" for number in range(len(wishes))]
    sizes = Counter({f"t{number}": 0 for number in range(tables)})
    sizes.update(each.table for each in made)
    assert max(sizes.values()) - min(sizes.values()) <= max(1, tables)


def test_without_wishes_it_is_even_to_one() -> None:
    made, _ = spread(hall(5, [(f"N{number}x", "") for number in range(40)]), SEATS)
    assert set(Counter(each.table for each in made).values()) == {8}
    assert all(2 <= count <= 3 for count in Counter((each.table, each.seat) for each in made).values())


def test_a_wish_is_met_while_the_seat_is_empty_somewhere() -> None:
    made, _ = spread(hall(2, [("Ana", "green"), ("Bo", "green"), ("Cy", "green")]), SEATS)
    assert [each.seat for each in made[:2]] == ["green", "green"]
    assert {each.table for each in made[:2]} == {"t0", "t1"}
    assert made[2].seat != "green"


def test_who_has_the_name_of_another_stays_at_the_door() -> None:
    """Somebody may be posing; a name that only ends in a number is nobody's else."""
    door = [("Ana (2)", ""), ("Facilitator 2", ""), ("Group 2", ""), ("Bo", "")]
    made, left = spread(hall(1, door, [("Ana", "t0", "red")]), SEATS)
    assert left == ["Ana (2)", "Facilitator 2"]
    assert [each.name for each in made] == ["Group 2", "Bo"]
    assert "red" not in {each.seat for each in made}


def test_a_table_whose_game_is_over_gets_nobody() -> None:
    told = hall(2, [("Ana", ""), ("Bo", "")])
    tables = [{**told.tables[0], "status": "over"}, told.tables[1]]
    made, _ = spread(Hall(told.table, tables, told.lobby, told.people), SEATS)
    assert {each.table for each in made} == {"t1"}
