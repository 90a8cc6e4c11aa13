"""What strangers announce on the network is taken as text, and what is announced leads to the table."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import click
import pytest
from click.testing import CliRunner

from wargame.cli.join import nearby
from wargame.cli.lan import Found, NotThereError, _read, announced, found
from wargame.client.address import parse_address


def told(**changes: Any) -> Any:
    usual = {"properties": {b"title": b"Strait", b"code": b"ABCD-EFGH"}, "port": 8765, "parsed_addresses": lambda: ["10.0.0.2"]}
    return SimpleNamespace(**{**usual, **changes})


@pytest.mark.parametrize(
    ("changes", "want"),
    [
        ({}, [Found("Strait", "ABCD-EFGH@10.0.0.2:8765")]),
        ({"parsed_addresses": lambda: ["fe80::2"]}, [Found("Strait", "ABCD-EFGH@[fe80::2]:8765")]),
        ({"parsed_addresses": list}, []),
        ({"properties": {b"title": b"Strait", b"code": b"; rm -rf /"}}, []),
        (
            {"properties": {b"title": b"\x1b[31mStrait\xff", b"code": b"ABCD-EFGH"}},
            [Found("[31mStrait\ufffd", "ABCD-EFGH@10.0.0.2:8765")],
        ),
        ({"properties": {b"code": b"ABCD-EFGH", b"title": None}}, [Found("A table", "ABCD-EFGH@10.0.0.2:8765")]),
        ({"port": 0}, []),
    ],
)
def test_what_is_announced_is_read_for_what_it_is(changes: dict[str, Any], want: list[Found]) -> None:
    assert list(_read(told(**changes))) == want


def test_a_table_that_is_announced_is_found() -> None:
    pytest.importorskip("zeroconf")
    try:
        with announced("Strait", "QQQQ-WWWW", ["127.0.0.1"], 8799):
            heard = [each for each in found(0.8) if "QQQQ-WWWW" in each.link]
    except (NotThereError, OSError):
        pytest.skip("this machine's network takes no multicast")
    if not heard:
        pytest.skip("this machine's network lets no multicast through")
    for each in heard:
        assert parse_address(each.link).port == 8799
        assert each.title == "Strait"


@pytest.mark.parametrize(("typed", "want"), [("2\n", "10.0.0.3"), ("\n", None), ("9\n", None), ("x\n", None)])
def test_a_number_chooses_a_table_and_anything_else_the_form(typed: str, want: str | None) -> None:
    tables = [Found("Strait", "ABCD-EFGH@10.0.0.2"), Found("Blackout", "ABCD-EFGJ@10.0.0.3")]

    @click.command()
    def choose() -> None:
        place = nearby(tables)
        click.echo(f"-> {place.host if place is not None else None}")

    shown = CliRunner().invoke(choose, input=typed)
    assert f"-> {want}" in shown.output
    assert nearby([]) is None
