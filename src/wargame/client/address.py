"""Where a table is: `CODE@HOST[:PORT]`, `HOST[:PORT]` or a link."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from attrs import frozen

from wargame.client.speech import phrase

DEFAULT_PORT = 8765
CODE = re.compile(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$")


class AddressError(ValueError):
    """An address that cannot be understood; its text is for people."""


@frozen
class Address:
    """A server, and the join code of a table there (empty: none given)."""

    host: str
    port: int = DEFAULT_PORT
    code: str = ""
    secure: bool = False

    @property
    def url(self) -> str:
        """The WebSocket address."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'wss' if self.secure else 'ws'}://{host}:{self.port}/"

    @property
    def server(self) -> str:
        """`host:port`, as shown to people."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"

    @property
    def is_loopback(self) -> bool:
        """Whether it is this very machine, under an address that leads nowhere from another."""
        return self.host in ("localhost", "::1") or self.host.startswith("127.")

    @property
    def short(self) -> str:
        """As people type it: without the usual port."""
        return str(self).removesuffix(f":{DEFAULT_PORT}")

    def __str__(self) -> str:
        return f"{self.code}@{self.server}" if self.code else self.server


def tidy_code(text: str) -> str:
    """A join code as people type it (`abcd efgh`, `abcdefgh`) in its one spelling, `ABCD-EFGH`."""
    letters = re.sub(r"[\s\-_.]", "", text).upper()
    return f"{letters[:4]}-{letters[4:]}" if len(letters) == 8 else text.strip().upper()


def parse_address(text: str) -> Address:
    """Reads what a player was given.

    Raises AddressError with a sentence that says what to write instead.
    """
    words = text.strip()
    if not words:
        raise AddressError(phrase("Write the address you were given, for example ABCD-EFGH@192.168.0.10."))
    if "://" in words:
        return _link(words)
    code, at, place = words.rpartition("@")
    host, port = _place(place)
    return Address(host, port, _code(code) if at else "")


def _code(text: str) -> str:
    code = tidy_code(text)
    if not CODE.match(code):
        raise AddressError(
            phrase("“{strip}” is not a join code: it has eight letters or digits, like ABCD-EFGH.", strip=text.strip())
        )
    return code


def _place(text: str) -> tuple[str, int]:
    match = re.match(r"^(?:\[(?P<six>[0-9A-Fa-f:.%\w]+)\]|(?P<host>[^\s:/@\[\]]+))(?::(?P<port>\d{1,5}))?/?$", text.strip())
    if match is None:
        raise AddressError(
            phrase(
                "“{strip}” is not an address: write HOST or HOST:PORT, for example 192.168.0.10:{DEFAULT_PORT}.",
                strip=text.strip(),
                DEFAULT_PORT=DEFAULT_PORT,
            )
        )
    port = int(match["port"]) if match["port"] else DEFAULT_PORT
    if not 0 < port < 65536:
        raise AddressError(phrase("{port} is not a port: it must be between 1 and 65535.", port=port))
    return match["six"] or match["host"], port


def _link(text: str) -> Address:
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError as problem:
        raise AddressError(phrase("“{text}” is not a link that leads to a table.", text=text)) from problem
    if parts.scheme not in ("ws", "wss", "http", "https", "wargame") or not host:
        raise AddressError(phrase("“{text}” is not a link that leads to a table.", text=text))
    secure = parts.scheme in ("wss", "https")
    standard = {"http": 80, "https": 443}.get(parts.scheme, DEFAULT_PORT)
    query = parse_qs(parts.query).get("code", [""])[0]
    code = query or parts.fragment or parts.path.strip("/").rpartition("/")[2] or (parts.username or "")
    return Address(host, port or standard, _code(code) if code else "", secure)
