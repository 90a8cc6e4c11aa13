"""What somebody would rather be spared on cards: their tags, kept on this machine, and a card as they read it."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from attrs import frozen

from wargame.client.door import Body
from wargame.client.look import Look
from wargame.client.speech import later, phrase
from wargame.client.storage import data_folder, read_json, write_json

TAGS, ASKED = "tags", "asked"
MOST = 400  # tags, and scenarios asked about, that are kept
PUT_AWAY = later("Its words are put away, as you asked. What you decide about it is the same.")


class Spared:
    """The tags this person wants to be spared, in every game on this machine. Nobody else is told."""

    def __init__(self, folder: Path | None = None) -> None:
        self.path = (folder or data_folder()) / "spared.json"
        kept = read_json(self.path)
        self.tags = frozenset(_texts(kept.get(TAGS)))
        self._asked = _texts(kept.get(ASKED))

    def asked(self, scenario: str) -> bool:
        """Whether this person has been asked about a scenario."""
        return scenario in self._asked

    def choose(self, scenario: str, tags: Collection[str], offered: Collection[str]) -> None:
        """Keeps a choice among the tags `offered`; those that other scenarios have stay as they were."""
        self.tags = (self.tags - frozenset(offered)) | (frozenset(tags) & frozenset(offered))
        self._asked = [*(each for each in self._asked if each != scenario), scenario][-MOST:]
        write_json(self.path, {TAGS: sorted(self.tags)[:MOST], ASKED: self._asked})


def _texts(value: object) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


@frozen
class Reading:
    """A card as somebody reads it. `warning`: what to say before its text; `spared`: other words stand for its own."""

    title: str
    text: str
    warning: str = ""
    spared: bool = False


def reading(look: Look, card: Body, tags: Collection[str] = (), original: bool = False) -> Reading:
    """A card as it reads for who wants to be spared `tags`. `original`: they asked to see this one as it is."""
    title, text, warning = str(card.get("title", "")), str(card.get("text", "")), str(card.get("warning") or "")
    if original or not any(tag in tags for tag in card.get("tags") or ()):
        return Reading(title, text, warning)
    other = card.get("alternate") or {}
    labels = [str(each["label"]) for each in offered(look) if each["id"] in tags and each["id"] in card["tags"]]
    instead = str(other.get("text") or phrase(PUT_AWAY))
    return Reading(
        str(other.get("title") or title),
        instead,
        phrase("Touches on: {names}.", names=", ".join(labels)) if labels else warning,
        True,
    )


def offered(look: Look) -> list[Body]:
    """The tags of the scenario that one can be spared: `{id, label, warning, text}`."""
    return list(look.catalog.get("content") or ())
