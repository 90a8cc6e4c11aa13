"""The model of inject cards: when they come, whom they address, what is expected, what they touch on."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from attrs import Factory, field, frozen

from wargame.scenario.model_base import Entry, Requirement, Span, Stance
from wargame.scenario.node import Node, Scalar
from wargame.scenario.text import EMPTY, Text

REQUIRED = "required"  # the tag of a card that every class should be likely to meet


class Pool(Enum):
    """How an inject card comes onto the table."""

    TRIGGER = "trigger"
    RANDOM = "random"
    CHAINED = "chained"
    DECK = "deck"
    SHELF = "shelf"
    CONTINGENCY = "contingency"

    @property
    def waits(self) -> bool:
        """Whether its cards wait for their turns, condition and chance."""
        return self in (Pool.TRIGGER, Pool.RANDOM, Pool.CONTINGENCY)


class InjectKind(Enum):
    """What an inject is for, as exercise planners tell them apart."""

    CONTEXTUAL = "contextual"
    EXPECTED = "expected"
    CONTINGENCY = "contingency"
    ADMINISTRATIVE = "administrative"


@frozen(kw_only=True)
class Trigger(Entry):
    """When a card may come."""

    turns: Span | None = None
    when: Scalar | None = None
    chance: Scalar | None = None
    once: bool = False
    cooldown: int = 1


@frozen(kw_only=True)
class Option(Entry):
    """One answer to a card."""

    id: str
    stance: Stance
    label: Text
    text: Text = EMPTY
    requires: tuple[Requirement, ...] = ()
    effects: Node | None = None


@frozen(kw_only=True)
class CardChoice(Entry):
    """The answers open to one addressee."""

    options: tuple[Option, ...]
    default: str = ""  # empty: the first hold option, else the first


@frozen(kw_only=True)
class Expectation(Entry):
    """What a seat is expected to do once a card is on the table: give an order, enter an agreement or choose an answer."""

    who: Scalar
    order: Scalar | None = None
    agreement: Scalar | None = None
    option: Scalar | None = None
    within: int = 1  # turns, that of the card counted
    if_missed: Scalar | None = None  # a contingency card that is then armed

    @property
    def wanted(self) -> tuple[str, Scalar] | None:
        """What is expected, as the key it stands under and its id; None unless it is exactly one thing."""
        named = (("order", self.order), ("agreement", self.agreement), ("option", self.option))
        given = [(key, scalar) for key, scalar in named if scalar is not None]
        return given[0] if len(given) == 1 else None


@frozen(kw_only=True)
class Alternate(Entry):
    """The words of a card for whoever asked to be spared what its tags warn of."""

    title: Text = EMPTY
    text: Text = EMPTY


@frozen(kw_only=True)
class Inject(Entry):
    """A card."""

    title: Text
    kind: InjectKind | None = None  # None: as its pool says, see `sort`
    to: tuple[Scalar, ...] = ()
    from_: Text = EMPTY
    channel: str = ""
    story_time: Text = EMPTY
    pool: Pool = Pool.SHELF
    trigger: Trigger = Factory(Trigger)
    bind: Mapping[str, Scalar] = field(factory=dict)
    on_trigger: Node | None = None
    on_deal: Node | None = None
    objective: Scalar | None = None
    debrief: Text = EMPTY
    lesson: Text = EMPTY
    cite: str = ""
    capability: Text = EMPTY
    controller: Text = EMPTY
    evaluator: Text = EMPTY
    expects: tuple[Expectation, ...] = ()
    tags: tuple[str, ...] = ()
    cue: Text = EMPTY
    seen_by: Node | None = None  # public (default) | addressees: who else reads it and learns the answers
    hint: Mapping[str, Scalar] = field(factory=dict)
    text: Text = EMPTY
    texts: Mapping[str, Text] = field(factory=dict)
    alternate: Alternate = Factory(Alternate)
    choices: Mapping[str, CardChoice] = field(factory=dict)

    @property
    def sort(self) -> InjectKind:
        """Its kind: as declared, else contingency for a card of that pool and contextual for any other."""
        if self.kind is not None:
            return self.kind
        return InjectKind.CONTINGENCY if self.pool is Pool.CONTINGENCY else InjectKind.CONTEXTUAL


@frozen(kw_only=True)
class ContentTag(Entry):
    """Something sensitive that cards may touch on: what it is, what to say before such a card, and more about it."""

    label: Text
    warning: Text = EMPTY
    text: Text = EMPTY
