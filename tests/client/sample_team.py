"""A made-up team: three people in Washington's seat, what lies on their table, and a door for one of them."""

from __future__ import annotations

from typing import Any

from tests.client import sample
from tests.client.scripted import ScriptedDoor

NAMES = {"p1": "Ann", "p2": "Ben", "p3": "Cem"}
ANSWER = {"do": "respond", "card": "7", "option": "lead", "rationale": "It is their coast.", "belief": 40}


def suggestion(number: int, by: str, about: str, words: str, body: dict[str, Any], **more: Any) -> dict[str, Any]:
    entry = {"number": number, "by": NAMES[by], "person": by, "about": about, "words": words, "body": body}
    given = {"endorsed": [NAMES[by]], "objected": [], "needs": "one more has to endorse it", "due": None}
    return {**entry, **given, **more}


def answer(by: str = "p2", number: int = 1, **more: Any) -> dict[str, Any]:
    return suggestion(number, by, "card 7", "Answer 'Missing at the Resort': Let Mexico lead", ANSWER, **more)


def team(*suggestions: dict[str, Any], rule: str = "majority", present: str = "p1 p2 p3", **more: Any) -> dict[str, Any]:
    leaning = {"label": "Hawks", "text": "Force is cheaper than waiting."}
    members = [
        {"person": person, "name": name, "leaning": leaning if person == "p1" else None, "present": person in present.split()}
        for person, name in NAMES.items()
    ]
    together = len(present.split()) > 1
    return {"rule": rule, "captain": "p2", "together": together, "members": members, "suggestions": [*suggestions], **more}


def voices(*suggestions: dict[str, Any]) -> list[dict[str, Any]]:
    """The offers that belong to suggestions, as the server makes them."""
    made = []
    for each in suggestions:
        for do in ("endorse", "object", "withdraw"):
            people = [person for person in NAMES if (person == each["person"]) == (do == "withdraw")]
            if do == "endorse":
                people = [person for person in NAMES if NAMES[person] not in each["endorsed"]]
            made.append({"do": do, "ok": True, "why": "", "number": each["number"], "words": each["words"], "people": people})
    return made


def member(*suggestions: dict[str, Any], phase: str = "desk", **more: Any) -> ScriptedDoor:
    """Ann, in Washington's seat with two others."""
    door = ScriptedDoor("washington", sample.catalog(), sample.view(phase=phase), sample.offers(phase) + voices(*suggestions))
    door.answers, door.person = sample.answers, "p1"
    door.mirror.data["team"] = team(*suggestions, **more)
    return door


def suggests(door: ScriptedDoor, *suggestions: dict[str, Any], phase: str = "desk") -> None:
    """An update: this is what lies on the table now."""
    now = door.mirror.data["team"]
    door.feed(["set", "team", {**now, "suggestions": list(suggestions)}], offers=sample.offers(phase) + voices(*suggestions))
