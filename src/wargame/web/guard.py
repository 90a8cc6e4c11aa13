"""Who may open the page, and what a page may say: checked before anything is started for it. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from ipaddress import ip_address
from typing import Any

from attrs import frozen

from wargame.client.address import tidy_code
from wargame.wire.plain import clean_name, is_name

LONGEST_MESSAGE = 32_768  # bytes
LONGEST_INPUT = 16_384  # characters
HOST = re.compile(r"(?:(?P<name>[a-z0-9.-]{1,253})|\[(?P<six>[0-9a-f:.]{2,45})\])(?::[0-9]{1,5})?")
KEY = re.compile(r"[A-Za-z0-9_-]{1,128}")
SIZES = (20, 500)  # columns and rows of a terminal


class RefusedError(Exception):
    """What a page asks for is not done; the text is for its reader. `come_back`: whether trying again makes sense."""

    def __init__(self, words: str, *, come_back: bool = False) -> None:
        super().__init__(words)
        self.come_back = come_back


class WrongCodeError(RefusedError):
    """A join code that is not that of the class."""


class NonsenseError(ValueError):
    """A message that our page does not send."""


@frozen
class Hello:
    """Who comes: `token` the seat they hold, `sitting` the process they had, both empty for somebody new."""

    code: str
    name: str
    token: str
    sitting: str
    columns: int
    rows: int


def host_of(header: str) -> str:
    """The name in a `Host` header, without its port and brackets; empty where it is none."""
    match = HOST.fullmatch(header.lower())
    return (match["name"] or match["six"]) if match else ""


def is_ours(host: str, names: Collection[str]) -> bool:
    """Whether a page under this name can be ours.

    Numbers and `localhost` are; a name only where it was given, so that nobody can point a name of their own at this
    machine and have a browser believe that their page and ours are one.
    """
    if host == "localhost" or host in names:
        return True
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def same_origin(origin: str | None, header: str) -> bool:
    """Whether a page from `origin` was served under the name in the `Host` header."""
    return origin is not None and origin.lower() in (f"http://{header.lower()}", f"https://{header.lower()}")


def read_hello(text: object, code: str) -> Hello:
    """The first message of a page, for the class with this join code. Raises NonsenseError, RefusedError."""
    said = _loaded(text)
    if not isinstance(said, dict):
        raise NonsenseError("no hello")
    words = {key: said.get(key, "") for key in ("code", "name", "token", "sitting")}
    if not all(isinstance(each, str) and len(each) <= 200 for each in words.values()):
        raise NonsenseError("no words")
    name = clean_name(words["name"])
    if not is_name(name):
        raise RefusedError("Write your name: 1 to 32 letters.")
    if tidy_code(words["code"]) != code:
        raise WrongCodeError("That is not the join code of this class. Look at the board, or ask your teacher.")
    for key in ("token", "sitting"):
        if words[key] and not KEY.fullmatch(words[key]):
            raise NonsenseError("no key")
    return Hello(code, name, words["token"], words["sitting"], _size(said.get("columns")), _size(said.get("rows")))


def read_input(text: object) -> tuple[str, Any]:
    """A later message: `("stdin", text)`, `("resize", (columns, rows))`, `("focus" | "blur", None)`, `("ping", number)`.

    Raises NonsenseError.
    """
    match _loaded(text):
        case ["stdin", str() as typed] if 0 < len(typed) <= LONGEST_INPUT:
            return "stdin", typed
        case ["resize", columns, rows]:
            return "resize", (_size(columns), _size(rows))
        case [("focus" | "blur") as kind]:
            return str(kind), None
        case ["ping", int() as number] if abs(number) < 2**53:
            return "ping", number
    raise NonsenseError("no input")


def _loaded(text: object) -> Any:
    if not isinstance(text, str):
        raise NonsenseError("no text")
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise NonsenseError("no JSON") from fault


def _size(number: object) -> int:
    if not isinstance(number, int) or isinstance(number, bool):
        raise NonsenseError("no size")
    return min(SIZES[1], max(SIZES[0], number))
