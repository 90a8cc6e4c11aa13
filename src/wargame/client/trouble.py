"""What went wrong with a connection and what to do about it, in a sentence."""

from __future__ import annotations

import socket

from attrs import frozen

from wargame.client.address import Address
from wargame.client.hints import how


@frozen
class Trouble:
    """A finding: whether it is final, whether trying again by hand can help, and the words."""

    code: str
    words: str
    final: bool = False
    again: bool = False


FAREWELLS = {
    "version": "This client and the server speak different versions; install the same version on both, then join again.",
    "code": "No table has this join code; check it with your facilitator (eight letters or digits, like ABCD-EFGH).",
    "token": "Your seat is not known there any more; join again with the code from your facilitator.",
    "secret": "The server does not accept this facilitator secret; copy it again from the terminal that hosts the table.",
    "replaced": "Your seat was opened on another machine; {retry} to take it back here, or {leave} to leave it there.",
    "refused": "The facilitator has not let you in; talk to them, then join again.",
    "locked": "The table takes nobody new at the moment; ask your facilitator to unlock it, then {retry}.",
    "full": "The table is full; ask your facilitator for a place, then {retry}.",
    "kicked": "The facilitator has closed your place; talk to them, then join again.",
    "over": "The table has been closed. The game is kept on the server; ask your facilitator for the report.",
    "forbidden": "The server does not allow this; check the code or link you were given.",
    "slow": "The server dropped a connection that was too slow; trying again.",
    "moved": "Your place is another now; going there.",
    "restart": "The server is restarting; your seat and drafts are safe, trying again.",
}
SYNONYMS = {
    "bad_version": "version", "unsupported": "version", "version_mismatch": "version",
    "bad_code": "code", "wrong_code": "code", "unknown_code": "code", "no_such_table": "code", "unknown_table": "code",
    "bad_token": "token", "wrong_token": "token", "unknown_token": "token", "revoked": "token",
    "bad_secret": "secret", "wrong_secret": "secret",
    "rejected": "refused", "denied": "refused", "closed": "over", "table_closed": "over", "ended": "over",
    "too_slow": "slow", "shutdown": "restart", "going_away": "restart", "removed": "kicked",
}  # fmt: skip
PASSING = frozenset({"slow", "restart", "moved", "busy", "timeout", "too_fast", "unavailable"})
REPEATABLE = frozenset({"replaced", "locked", "full", "kicked", "refused", "over"})


def farewell(code: str, reason: str) -> Trouble:
    """What a `bye` means. Unknown codes keep the server's words and are final."""
    known = SYNONYMS.get(code, code)
    words = FAREWELLS.get(known, "").format(retry=how("retry"), leave=how("leave"))
    if not words:
        words = reason or f"The server ended the connection without giving a reason; ask your facilitator, then {how('retry')}."
    return Trouble(known, words, final=known not in PASSING, again=known in REPEATABLE or known not in FAREWELLS)


def explain(problem: BaseException, address: Address, *, was_in: bool) -> Trouble:
    """What an error of the network means. `was_in`: whether there was a connection before."""
    from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidURI

    if isinstance(problem, ConnectionClosed):
        return Trouble("gone", "The connection was cut. Your drafts are safe and your seat is kept; trying again.")
    if isinstance(problem, InvalidURI):
        return Trouble("address", f"{address.server} is not an address; check what you typed.", final=True)
    if isinstance(problem, InvalidHandshake):
        words = f"Something answers at {address.server}, but it is not a wargame table; check the port with your facilitator."
        return Trouble("not_a_table", words, final=not was_in, again=True)
    if isinstance(problem, socket.gaierror):
        return Trouble(
            "name", f"No machine called {address.host} can be found; check the spelling, and that you are on the same network."
        )
    if isinstance(problem, ConnectionRefusedError):
        if was_in:
            return Trouble("gone", f"The server at {address.server} is gone; your drafts are safe, it will be tried again.")
        closed = f"{address.host} is there, but nothing listens on port {address.port}; "
        words = closed + "check that the table is open and the port is right."
        return Trouble("port", words)
    if isinstance(problem, TimeoutError):
        words = f"{address.server} does not answer; check the address, and that a firewall or guest network is not in between."
        return Trouble("silent", words)
    if isinstance(problem, OSError):
        return Trouble("network", f"{address.server} cannot be reached from this network; check that you are connected.")
    return Trouble("garbled", "The server sent something this client does not understand; connecting afresh.")


NEXT_STEPS = {
    "stale_phase": "The phase has moved on. Your draft is kept; look at what is wanted now.",
    "not_offered": "Look at the list again: what you may do has changed.",
    "not_affordable": "Remove an order, or choose something cheaper.",
    "not_allowed": "Choose something that is possible now.",
    "bad_target": "Choose another target.",
    "sealed": "You have said that you are done; {reopen}.",
    "paused": "Wait until the game goes on.",
    "muted": "What you wrote is kept in its line. Speak to your facilitator.",
    "over": "The game is over; see the result ({result}).",
    "too_fast": "Wait a moment, then try again.",
    "too_long": "Shorten the text; it is kept as you wrote it.",
    "unavailable": "The server could not write it down. Try again; tell your facilitator if it stays so.",
    "busy": "The server is busy. Try again in a moment.",
    "closed": "Join the table again; your draft is kept.",
    "record": "The keys at the foot of the screen wind the game; S looks through other eyes.",
}
USUAL_STEP = "Nothing has changed. Look at what is wanted now, and try again."


def next_step(code: str) -> str:
    """What to do after a refusal."""
    return NEXT_STEPS.get(code, USUAL_STEP).format(reopen=how("reopen"), result=how("result"))
