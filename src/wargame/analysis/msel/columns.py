"""The 18 columns of an events list, in the order of HSEEP, and the other headings that sheets give them.

Planning columns are what a designer writes, and come back from a sheet; the other three tell what happened in a game.
"""

from __future__ import annotations

import unicodedata
from typing import Literal, TypeAlias, get_args

from attrs import frozen

Key: TypeAlias = Literal[
    "number", "kind", "at", "story_time", "status", "title", "text", "channel", "from", "to", "controller", "expects",
    "objective", "capability", "evaluator", "if_missed", "released", "response",
]  # fmt: skip


@frozen
class Column:
    """A column: its key, its heading, and what else a sheet may call it."""

    key: Key
    heading: str
    others: tuple[str, ...] = ()
    planning: bool = True


COLUMNS = (
    Column("number", "Event number", ("number", "no", "nr", "#", "id", "event", "event no", "inject", "inject number",
        "inject no", "inject id", "event id", "msel number", "sequence", "sequence no", "sequence number", "serial")),
    Column("kind", "Type", ("inject type", "event type", "kind", "category")),
    Column("at", "Scheduled time", ("time", "exercise time", "scheduled", "date/time", "date time", "date/time delivered",
        "time delivered", "planned time", "date", "move", "turn", "event time", "inject time", "start time", "t+", "when")),
    Column("story_time", "Scenario time", ("story time", "simulated time", "in-game time", "scenario date")),
    Column("status", "Status", ("state",), planning=False),
    Column("title", "Event synopsis", ("title", "synopsis", "event title", "inject title", "event name", "subject",
        "headline", "event description", "summary")),
    Column("text", "Inject text", ("inject", "inject description", "inject content", "body", "text", "message", "description",
        "detailed description", "content")),
    Column("channel", "Delivery method", ("method", "channel", "inject mode", "mode", "means", "medium", "delivery")),
    Column("from", "From", ("originator", "originator (from)", "sender", "simulated originator", "source", "initiator")),
    Column("to", "To", ("recipient", "recipient (to)", "recipients", "intended player", "intended players", "player",
        "players", "receiver", "target audience", "recipient player")),
    Column("controller", "Responsible controller", ("controller", "responsible", "responsible person", "poc",
        "controller responsible", "lead controller")),
    Column("expects", "Expected action", ("expected actions", "expected action / outcome", "expected outcome",
        "expected player action", "expected player actions", "expected participant response", "expected response",
        "expected outcome of player action")),
    Column("objective", "Objective", ("objectives", "exercise objective", "exercise objectives", "learning objective",
        "objective no")),
    Column("capability", "Core capability", ("capability", "capabilities", "core capabilities", "competency",
        "core capability / competency")),
    Column("evaluator", "Evaluator instructions", ("evaluator", "evaluator notes", "evaluator instructions / notes", "notes",
        "comments", "remarks", "special instructions", "evaluation notes")),
    Column("if_missed", "Contingency", ("contingency inject", "if missed", "if not done", "fallback",
        "contingency: fires if expected action missing")),
    Column("released", "Released", ("actual time", "actual time released", "time released"), planning=False),
    Column("response", "Actual response", ("actual response, rationale, decision owner", "actual action", "actual actions",
        "player response"), planning=False),
)  # fmt: skip

assert {column.key for column in COLUMNS} == set(get_args(Key)), "every key has its column"
HEADINGS = tuple(column.heading for column in COLUMNS)


def folded(heading: str) -> str:
    """A heading as it is compared: small letters, without accents, marks at its ends, or double spaces."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", heading.casefold()) if not unicodedata.combining(sign))
    return " ".join(bare.replace("_", " ").replace("\n", " ").split()).strip(" .:*?")


def column_of(heading: str) -> Column | None:
    """The column that a heading names, if any. A heading of its own comes before what another column may be called."""
    wanted = folded(heading)
    for column in COLUMNS:
        if wanted == folded(column.heading):
            return column
    for column in COLUMNS:
        if wanted in {folded(other) for other in column.others}:
            return column
    return None
