"""Starts the terminal client."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from wargame.client.address import Address, AddressError, parse_address
from wargame.client.speech import is_chosen, language_wanted, phrase, speak
from wargame.client.tokens import Tokens

if TYPE_CHECKING:
    from wargame.client.door import Door
    from wargame.client.watching import Watching

THEME_NAMES = ("dark", "light", "high-contrast", "colour-blind")


def wants_ascii(asked: bool) -> bool:
    """Whether to draw with ASCII only: asked for, or by WARGAME_ASCII."""
    return asked or os.environ.get("WARGAME_ASCII", "") not in ("", "0")


def run_client(
    target: Address | str | Callable[[], Door] | None = None,
    *,
    name: str = "",
    token: str | None = None,
    secret: str | None = None,
    seat: str | None = None,
    table: str | None = None,
    ascii_only: bool = False,
    theme: str = "dark",
    remember: bool = True,
    folder: Path | None = None,
    watching: Watching | None = None,
    plain: bool = False,
) -> int:
    """Runs the client until its person leaves; the exit status.

    `target`: an address (text is parsed; AddressError if it cannot be), a factory of sessions (called in the client's loop),
    or None for the form. `table`: which one of a class, for who facilitates or watches. `remember`: keep seat tokens, so that
    the same code returns to the same seat. `folder`: where drafts and tokens are kept, by default the person's data folder.
    `watching`: what a projector shows beside the game. `plain`: lines of text instead of screens.
    """
    from wargame import __version__

    tokens = Tokens(folder) if remember else None

    def open_session(address: Address, who: str) -> Door:
        from wargame.client.session import Session

        if tokens is not None:
            tokens.keep_name(who)
        return Session(
            address,
            name=who,
            token=token,
            secret=secret,
            seat=seat,
            at=table,
            client=f"wargame {__version__}",
            tokens=tokens,
        )

    def open_door(text: str, who: str) -> Door:
        return open_session(parse_address(text), who)

    if isinstance(target, str):
        target = parse_address(target)
    server, first, door = "", "", None
    if isinstance(target, Address):
        server, first = target.server, str(target)
        place = target
        back = tokens is not None and bool(place.code) and tokens.get(place.server, place.code) is not None
        who = name or (tokens.name if tokens is not None else "")
        door = (lambda: open_session(place, who)) if name or token or secret or (back and who) else None
    elif target is not None:
        door = target
    if not is_chosen():
        speak(language_wanted(), by_choice=True)
    if plain:
        return _run_lines(door, open_door, first, name, server, wants_ascii(ascii_only), folder, watching)
    from wargame.client.keyboard import keys_chosen
    from wargame.client.tui.app import ClientApp

    greeting = "" if keys_chosen() else own_keys()
    app = ClientApp(
        door,
        open_door=None if callable(target) else open_door,
        address=first,
        name=name or (tokens.name if tokens is not None else ""),
        theme=theme,
        ascii_only=wants_ascii(ascii_only),
        folder=folder,
        server=server,
        watching=watching,
        greeting=greeting,
    )
    return app.run() or 0


def _run_lines(
    door: Callable[[], Door] | None,
    open_door: Callable[[str, str], Door],
    first: str,
    name: str,
    server: str,
    ascii_only: bool,
    folder: Path | None,
    watching: Watching | None,
) -> int:
    """The line mode, having asked for what is missing; 2 where there is no answer, or none that is an address."""
    from wargame.client.plain.run import ask_where, run_plain

    if door is None:
        asked = ask_where(first, name)
        if asked is None:
            return 2
        try:
            session = open_door(*asked)
        except AddressError as problem:
            print(problem)
            return 2
        door, server = (lambda: session), server or asked[0]
    return run_plain(door, server, ascii_only=ascii_only, folder=folder, watching=watching)


def own_keys() -> str:
    """Uses the person's own keys, if they keep any; a sentence where that cannot be."""
    from wargame.client.storage import config_file

    if not config_file("keys.yaml").exists():
        return ""
    from wargame.client.tui.keys import take_own  # every page has a say in it, so all are read

    return phrase("Your own keys cannot be used; `wargame keys` tells why. The usual ones are in force.") if take_own() else ""
