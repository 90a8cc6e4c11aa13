"""What went wrong with a connection and what to do about it, in a sentence."""

from __future__ import annotations

import socket

from attrs import frozen

from wargame.client.address import Address
from wargame.client.hints import how
from wargame.client.speech import later, phrase


@frozen
class Trouble:
    """A finding: whether it is final, whether trying again by hand can help, and the words."""

    code: str
    words: str
    final: bool = False
    again: bool = False


FAREWELLS = {
    "version": later("This client and the server speak different versions; install the same version on both, then join again."),
    "code": later("No table has this join code; check it with your facilitator (eight letters or digits, like ABCD-EFGH)."),
    "token": later("Your seat is not known there any more; join again with the code from your facilitator."),
    "secret": later(
        "The server does not accept this facilitator secret; copy it again from the terminal that hosts the table."
    ),
    "replaced": later("Your seat was opened on another machine; {retry} to take it back here, or {leave} to leave it there."),
    "refused": later("The facilitator has not let you in; talk to them, then join again."),
    "locked": later("The table takes nobody new at the moment; ask your facilitator to unlock it, then {retry}."),
    "full": later("The table is full; ask your facilitator for a place, then {retry}."),
    "kicked": later("The facilitator has closed your place; talk to them, then join again."),
    "over": later("The table has been closed. The game is kept on the server; ask your facilitator for the report."),
    "forbidden": later("The server does not allow this; check the code or link you were given."),
    "slow": later("The server dropped a connection that was too slow; trying again."),
    "moved": later("Your place is another now; going there."),
    "restart": later("The server is restarting; your seat and drafts are safe, trying again."),
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
    words = phrase(FAREWELLS.get(known, ""), retry=how("retry"), leave=how("leave"))
    if not words:
        words = reason or phrase(
            "The server ended the connection without giving a reason; ask your facilitator, then {how}.", how=how("retry")
        )
    return Trouble(known, words, final=known not in PASSING, again=known in REPEATABLE or known not in FAREWELLS)


def explain(problem: BaseException, address: Address, *, was_in: bool) -> Trouble:
    """What an error of the network means. `was_in`: whether there was a connection before."""
    from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidURI

    if isinstance(problem, ConnectionClosed):
        return Trouble("gone", phrase("The connection was cut. Your drafts are safe and your seat is kept; trying again."))
    if isinstance(problem, InvalidURI):
        return Trouble(
            "address", phrase("{server} is not an address; check what you typed.", server=address.server), final=True
        )
    if isinstance(problem, InvalidHandshake):
        words = phrase(
            "Something answers at {server}, but it is not a wargame table; check the port with your facilitator.",
            server=address.server,
        )
        return Trouble("not_a_table", words, final=not was_in, again=True)
    if isinstance(problem, socket.gaierror):
        return Trouble(
            "name",
            phrase(
                "No machine called {host} can be found; check the spelling, and that you are on the same network.",
                host=address.host,
            ),
        )
    if isinstance(problem, ConnectionRefusedError):
        if was_in:
            return Trouble(
                "gone",
                phrase("The server at {server} is gone; your drafts are safe, it will be tried again.", server=address.server),
            )
        closed = phrase("{host} is there, but nothing listens on port {port}; ", host=address.host, port=address.port)
        words = closed + phrase("check that the table is open and the port is right.")
        return Trouble("port", words)
    if isinstance(problem, TimeoutError):
        words = phrase(
            "{server} does not answer; check the address, and that a firewall or guest network is not in between.",
            server=address.server,
        )
        return Trouble("silent", words)
    if isinstance(problem, OSError):
        return Trouble(
            "network",
            phrase("{server} cannot be reached from this network; check that you are connected.", server=address.server),
        )
    return Trouble("garbled", phrase("The server sent something this client does not understand; connecting afresh."))


NEXT_STEPS = {
    "stale_phase": later("The phase has moved on. Your draft is kept; look at what is wanted now."),
    "not_offered": later("Look at the list again: what you may do has changed."),
    "not_affordable": later("Remove an order, or choose something cheaper."),
    "not_allowed": later("Choose something that is possible now."),
    "bad_target": later("Choose another target."),
    "sealed": later("You have said that you are done; {reopen}."),
    "paused": later("Wait until the game goes on."),
    "muted": later("What you wrote is kept in its line. Speak to your facilitator."),
    "over": later("The game is over; see the result ({result})."),
    "too_fast": later("Wait a moment, then try again."),
    "too_long": later("Shorten the text; it is kept as you wrote it."),
    "unavailable": later("The server could not write it down. Try again; tell your facilitator if it stays so."),
    "busy": later("The server is busy. Try again in a moment."),
    "closed": later("Join the table again; your draft is kept."),
    "record": later("The keys at the foot of the screen wind the game; S looks through other eyes."),
}
USUAL_STEP = later("Nothing has changed. Look at what is wanted now, and try again.")


def next_step(code: str) -> str:
    """What to do after a refusal."""
    return phrase(NEXT_STEPS.get(code, USUAL_STEP), reopen=how("reopen"), result=how("result"))
