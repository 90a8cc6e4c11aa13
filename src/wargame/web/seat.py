"""The process of one player in a browser: the same client as in a terminal, over a socket that is its input and output.

It is forked by `wargame.web.nursery`, with a folder of its own in which everything it keeps lies and goes with it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from wargame.client.address import Address
from wargame.client.run import run_client
from wargame.client.tokens import Tokens
from wargame.web.packets import meta

STDOUT = 1


class PageTokens(Tokens):
    """The token of the seat, kept by the browser: it came when the page said hello, and a new one is told to the page."""

    def __init__(self, token: str) -> None:
        self._token = token

    def get(self, server: str, code: str) -> str | None:
        """The token the browser kept."""
        return self._token or None

    def put(self, server: str, code: str, token: str) -> None:
        """Has the browser keep it."""
        if token != self._token:
            self._token = token
            os.write(STDOUT, meta("keep", token=token))

    def forget(self, server: str, code: str) -> None:
        """Has the browser drop it."""
        self._token = ""
        os.write(STDOUT, meta("keep", token=""))

    @property
    def name(self) -> str:
        """None: the page asks for it."""
        return ""

    def keep_name(self, name: str) -> None:
        """The page keeps it."""


def play(plan: Mapping[str, Any], folder: str) -> int:
    """Runs the client until its player leaves or the page is gone.

    `plan`: `host`, `port`, `secure`, `code` of the table; `name` and `token` of the player; `columns` and `rows`.
    """
    from wargame import __version__
    from wargame.client.session import Session

    os.environ.update(HOME=folder, TMPDIR=folder, WARGAME_DATA=f"{folder}/data")
    os.environ.update(COLUMNS=str(plan["columns"]), ROWS=str(plan["rows"]))
    os.chdir(folder)
    address = Address(plan["host"], plan["port"], plan["code"], plan["secure"])

    def open_session() -> Session:
        # Not offered as a token that must be good: one that is not known any more is dropped, and the code used.
        kept = PageTokens(plan["token"])
        return Session(address, name=plan["name"], client=f"wargame {__version__} (browser)", tokens=kept)

    return run_client(open_session, name=plan["name"], folder=Path(folder) / "data", remember=False)
