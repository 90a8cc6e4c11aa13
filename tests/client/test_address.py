"""An address is understood however people write it, or refused with what to write instead."""

from __future__ import annotations

import pytest

from wargame.client.address import Address, AddressError, parse_address


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("ABCD-EFGH@10.0.0.7", Address("10.0.0.7", 8765, "ABCD-EFGH")),
        ("abcdefgh@table.local:9000", Address("table.local", 9000, "ABCD-EFGH")),
        (" abcd efgh@[::1]:9000 ", Address("::1", 9000, "ABCD-EFGH")),
        ("10.0.0.7", Address("10.0.0.7")),
        ("ws://10.0.0.7:9000/?code=abcd-efgh", Address("10.0.0.7", 9000, "ABCD-EFGH")),
        ("wargame://ABCD-EFGH@10.0.0.7", Address("10.0.0.7", 8765, "ABCD-EFGH")),
        ("https://table.example/join/ABCD-EFGH", Address("table.example", 443, "ABCD-EFGH", secure=True)),
        ("https://table.example/#ABCD-EFGH", Address("table.example", 443, "ABCD-EFGH", secure=True)),
    ],
)
def test_understood(text: str, address: Address) -> None:
    assert parse_address(text) == address


@pytest.mark.parametrize(
    ("text", "words"),
    [("", "Write the address"), ("ABC@host", "not a join code"), ("host:99999", "not a port"), ("a b", "not an address"),
     ("file:///etc/passwd", "not a link"), ("http://[bad", "not a link")],
)  # fmt: skip
def test_refused_in_words(text: str, words: str) -> None:
    with pytest.raises(AddressError, match=words):
        parse_address(text)


def test_a_url_can_be_connected_to() -> None:
    assert Address("::1", 9000).url == "ws://[::1]:9000/"
    assert Address("table.example", 443, secure=True).url == "wss://table.example:443/"
    assert str(Address("h", 1, "ABCD-EFGH")) == "ABCD-EFGH@h:1"
