"""Events inside a team: who belongs to it, what its members suggest, and what becomes of it."""

from __future__ import annotations

from attrs import frozen


@frozen
class TeamSet:
    """Who the people of a seat are: members (person, name, index of the leaning or -1), those connected, the captain."""

    seat: int
    members: tuple[tuple[str, str, int], ...]
    present: tuple[str, ...]
    captain: str


@frozen
class Suggested:
    """A member suggests what the seat shall do: the subject, in words, and the command as JSON text. `due`: when it is
    adopted unless somebody objects (ms), where the rule is like that."""

    seat: int
    number: int
    person: str
    about: str
    words: str
    body: str
    due: int | None


@frozen
class Endorsed:
    """A member is for a suggestion."""

    seat: int
    number: int
    person: str


@frozen
class Objected:
    """A member is against a suggestion."""

    seat: int
    number: int
    person: str
    why: str


@frozen
class Withdrawn:
    """Whoever made a suggestion takes it back, or makes another on the same subject."""

    seat: int
    number: int
    person: str


@frozen
class Dropped:
    """A suggestion falls, for a reason in words."""

    seat: int
    number: int
    words: str
    reason: str


@frozen
class Adopted:
    """What was suggested is done; what it does follows. `how`: majority, captain, objection (nobody objected), deadline
    (the phase ended) or alone; `endorsers` by name; `present`: how many there were to decide."""

    seat: int
    number: int
    how: str
    endorsers: tuple[str, ...]
    present: int
    words: str


@frozen
class DelaysStopped:
    """The time to object stands still from this moment (ms)."""

    at: int


@frozen
class DelaysResumed:
    """The time to object goes on from this moment (ms)."""

    at: int
