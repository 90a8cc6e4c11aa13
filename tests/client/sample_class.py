"""A made-up class: two tables, people, a plan of cards, proposals, meters, and a door for its facilitator."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.client import sample
from tests.client.scripted import ScriptedDoor
from wargame.client.door import Classroom

TABLE, OTHER = "KT7M-P2QX", "ZZ9Q-AAAA"
NOW = 1_000_000  # the clock of a scripted door, in ms


def problem(line: int, column: int, message: str, hint: str) -> dict[str, Any]:
    return {"line": line, "column": column, "code": "wrong", "message": message, "hint": hint, "severity": "error"}


def person(number: int, name: str, seat: str, table: str = TABLE, **more: Any) -> dict[str, Any]:
    entry = {"person": f"p{number}", "name": name, "table": table, "seat": seat, "connected": True}
    return {**entry, "muted": False, "right": "", "bot": "", "captain": False, **more}


def table(name: str, number: str, **more: Any) -> dict[str, Any]:
    seats = [
        {
            "seat": seat["id"],
            "title": seat["title"],
            "people": ["Ana"] if seat["id"] == "washington" else [],
            "connected": int(seat["id"] == "washington"),
            "bot": "one-ply" if seat["id"] == "congress" else "",
            "sealed": seat["id"] == "cjng",
            "active": seat["id"] in ("washington", "mexico_city", "congress", "cjng"),
            "blocking_since": NOW - 200_000 if seat["id"] in ("washington", "mexico_city") else None,
        }
        for seat in sample.catalog("white_cell")["seats"]
    ]
    entry = {
        "table": number,
        "title": "Five Questions",
        "name": name,
        "status": "running",
        "turn": 3,
        "turns": 8,
        "phase": "desk",
        "phase_label": "Crisis desk",
        "deadline": 1_092_000,
        "paused": None,
        "over_since": None,
        "seats": seats,
        "spectators": 1,
        "petitions": 1,
        "armed": 1,
        "held": 1,
        "stop": False,
        "forked_from": None,
    }
    return {**entry, **more}


def classroom(**more: Any) -> Classroom:
    told: dict[str, Any] = {
        "code": "KZQM-3WPA",
        "tables": [table("Table 1", TABLE), table("Table 2", OTHER, turn=2, petitions=0, armed=0, phase_label="Rooms")],
        "lobby": [
            {"request": "r1", "name": "Eva", "seat": "cjng", "since": NOW - 40_000},
            {"request": "r2", "name": "Max", "seat": None, "since": NOW - 5_000},
        ],
        "people": [
            person(1, "Ana", "washington", captain=True),
            person(2, "Ben", "washington", connected=False),
            person(3, "Cem", "mexico_city", muted=True),
            person(4, "Computer", "congress", bot="one-ply"),
            person(5, "Dora", "washington", OTHER),
            person(6, "Gus", "white_cell", right="control"),
            person(7, "Ida", "white_cell", right="evaluator"),
        ],
    }
    return Classroom(**{**told, **more})


def entry(which: str, card: str, title: str, status: str, **more: Any) -> dict[str, Any]:
    made = {"entry": which, "card": card, "title": title, "kind": "contextual", "planned": None, "due": None, "status": status}
    return {**made, "released": None, "number": None, "reason": "", "by": "plan", "bound": {}, "to": ["washington"], **more}


def msel() -> list[dict[str, Any]]:
    why = "Nobody opened a channel."
    armed = entry("akidnapping", "kidnapping", "Missing at the Resort", "armed", by="rule", reason=why, kind="contingency")
    held = entry("s3", "kidnapping", "Missing at the Resort", "held", planned=3, due=3, reason="They are not ready.")
    return [
        entry("s1", "march", "The White-Shirt March", "released", planned=2, due=2, released=3, number="9"),
        entry("s2", "tariff_letter", "The Tariff Letter", "planned", planned=4, due=5),
        held,
        armed,
        entry("s4", "tariff_letter", "The Tariff Letter", "skipped", planned=1, reason="Too early."),
    ]


def petitions() -> list[dict[str, Any]]:
    common = {"turn": 3, "phase": "desk", "odds": None, "roll": None, "success": None, "public": True, "ruling": "", "held": ""}
    return [
        {
            **common,
            "number": 11,
            "seat": "mexico_city",
            "person": "p3",
            "what": "We send the general's brother as an envoy.",
            "because": ["They trust him.", "Nobody watches him."],
            "against": "He has lied before.",
            "status": "waiting",
            "dissents": [],
            "estimates": [{"person": "p6", "percent": 30}, {"person": "p7", "percent": 50}],
        },
        {
            **common,
            "number": 12,
            "seat": "washington",
            "person": "p1",
            "what": "We jam the radio of the convoy.",
            "because": ["We have the plane."],
            "against": "",
            "status": "ruled",
            "odds": 60,
            "roll": 41,
            "success": True,
            "ruling": "The convoy is blind for a night.",
            "dissents": [{"seat": "cjng", "text": "We use couriers."}],
            "estimates": [],
        },
    ]


METERS = {
    "objectives": [
        {"id": "q1", "title": "What does victory look like?", "covered": ["The White-Shirt March"], "planned": [], "shelf": []},
        {"id": "q2", "title": "Who decides on force?", "covered": [], "planned": [], "shelf": ["tariff_letter"]},
    ],
    "minutes_left": 18,
    "airtime": [
        {"person": "p1", "name": "Ana", "seat": "washington", "messages": 9, "words": 140, "orders": 4, "answers": 2},
        {"person": "p3", "name": "Cem", "seat": "mexico_city", "messages": 0, "words": 0, "orders": 0, "answers": 1},
    ],
    "quiet": ["p3"],
}
BOUNDARIES = [
    {"seq": 5, "turn": 2, "phase": "desk", "label": "Crisis desk", "at": 900_000},
    {"seq": 9, "turn": 2, "phase": "rooms", "label": "Rooms", "at": 930_000},
    {"seq": 14, "turn": 3, "phase": "desk", "label": "Crisis desk", "at": 960_000},
]


def answers(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the server says to a facilitator's questions and to what is managed."""
    match body.get("what"):
        case "meters":
            return METERS
        case "boundaries":
            return {"boundaries": BOUNDARIES}
        case "view_as":
            return {"view": sample.view("washington"), "offers": sample.offers("desk")}
        case "check_effects":
            if "nonsense" in body["effects"]:
                return {"problems": [problem(1, 3, "That is no effect.", "Write a name and a number.")], "lines": []}
            return {"problems": [], "lines": [[0, "change", "Escalation ladder +1"]]}
        case "check_card":
            if "title:" not in body["source"]:
                return {"problems": [problem(2, 1, "A card needs a title.", "Add `title:`.")], "card": None, "seats": {}}
            card = {"id": "my_card", "title": "What happened", "text": "A bridge is closed.", "to": ["washington"]}
            other = {**card, "text": "Your bridge is closed."}
            return {"problems": [], "card": "my_card", "seats": {"public": card, "mexico_city": card, "washington": other}}
        case "codes":
            return {"code": "KZQM-3WPA"}
        case "invite":
            return {"secret": "s3cr3t"}
        case "fork":
            return {"table": OTHER}
    return {}


def facilitator(**more: Any) -> ScriptedDoor:
    """Turn 3 of the first of two tables, with everything that can wait for a facilitator."""
    offers: list[dict[str, Any]] = [{"do": do, "ok": True} for do in ("advance", "pause", "extend", "announce")]
    door = ScriptedDoor("white_cell", sample.catalog("white_cell"), sample.view("white_cell"), offers)
    door.classroom, door.right, door.person = classroom(), "control", "p6"
    door.mirror.data.update(
        msel=msel(),
        petitions=petitions(),
        cards=sample.cards(),
        drafts={
            "washington": {
                "orders": [{"action": "raid", "targets": ["cjng"], "rationale": "They are ours."}],
                "responses": {"7": {"option": "lead", "rationale": "It is their coast.", "belief": None}},
            }
        },
        **more,
    )
    door.answers = answers
    return door
