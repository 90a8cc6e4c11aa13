"""No two people at a table have names that look the same, and a name shows what it is."""

import pytest

from wargame_server.names import fitting, skeleton


@pytest.mark.parametrize(
    ("name", "taken", "wanted"),
    [
        ("  Ana ", [], "Ana"),
        ("Ana", ["Ana"], "Ana (2)"),
        ("ana", ["Ana", "Ana (2)"], "ana (3)"),
        ("Аnа", ["Ana"], "Аnа (2)"),  # the first and last letters are Cyrillic
        ("A\u200bna", ["Ana"], "Ana (2)"),
        ("Aná", ["Ana"], "Aná (2)"),
        ("\u202e", [], None),
        ("", [], None),
        ("x" * 33, [], None),
        ("x" * 32, ["x" * 32], "x" * 28 + " (2)"),
    ],
)
def test_a_name_is_cleaned_and_told_apart(name: str, taken: list[str], wanted: str | None) -> None:
    assert fitting(name, taken) == wanted


def test_names_that_differ_stay_as_they_are() -> None:
    assert skeleton("Ana") != skeleton("Anna")
    assert fitting("Berta", ["Ana", "Carla"]) == "Berta"
