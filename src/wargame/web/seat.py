"""The process of one player in a browser: the same client as in a terminal, over pipes.

Its first line of input says where and as whom (`Asked` as JSON); the rest are packets. It is started by
`wargame.web.sitting` with an environment of its own, so that what it keeps lies in a folder that goes with it.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from wargame.client.address import Address
from wargame.client.run import run_client
from wargame.client.tokens import Tokens
from wargame.web.packets import meta

STDIN, STDOUT = 0, 1
LONGEST_LINE = 4096


class PageTokens(Tokens):
    """The token of the seat, kept by the browser: it came with the first line, and a new one is told to the page."""

    def __init__(self, token: str | None) -> None:
        self._token = token

    def get(self, server: str, code: str) -> str | None:
        """The token the browser kept."""
        return self._token

    def put(self, server: str, code: str, token: str) -> None:
        """Has the browser keep it."""
        if token != self._token:
            self._token = token
            os.write(STDOUT, meta("keep", token=token))

    def forget(self, server: str, code: str) -> None:
        """Has the browser drop it."""
        self._token = None
        os.write(STDOUT, meta("keep", token=""))

    @property
    def name(self) -> str:
        """None: the page asks for it."""
        return ""

    def keep_name(self, name: str) -> None:
        """The page keeps it."""


def main() -> int:
    """Runs the client until its player leaves or the page is gone."""
    from wargame import __version__
    from wargame.client.session import Session

    said = json.loads(_first_line())
    address = Address(said["host"], said["port"], said["code"], said["secure"])

    def open_session() -> Session:
        return Session(address, name=said["name"], client=f"wargame {__version__} (browser)", tokens=PageTokens(said["token"]))

    return run_client(open_session, name=said["name"], folder=Path(os.environ["WARGAME_DATA"]), remember=False)


def _first_line() -> bytes:
    """Read byte by byte: what follows is the driver's."""
    line = b""
    while not line.endswith(b"\n") and len(line) < LONGEST_LINE:
        byte = os.read(STDIN, 1)
        if not byte:
            break
        line += byte
    return line


if __name__ == "__main__":
    sys.exit(main())
