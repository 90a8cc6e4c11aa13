"""A made-up moment of a large game, shaped as the server sends it: catalog, view and offers of a seat."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.client.sample_board import ACTIONS, AGREEMENTS, AREAS, PHASES, SEATS, SLOTS


def catalog(you: str = "washington") -> dict[str, Any]:
    """The fixed part for a viewer."""
    return {
        "you": you,
        "scenario": {
            "id": "five_questions",
            "title": "Five Questions: The Cartel Crisis",
            "summary": "A year between pressure and partnership.",
            "content_note": "Violence, abstracted.",
            "version": "1",
            "digest": "ab12",
        },
        "turns": {
            "count": 8,
            "length": "30 days",
            "labels": ["February", "March", "April", "May", "June", "July", "August", "September"],
        },
        "mandate": 62,
        "seats": [
            {"id": seat, "title": title, "short": short, "kind": kind, "color": "", "optional": False, "played": True}
            for seat, title, short, kind in SEATS
        ],
        "factions": [{"id": "others", "label": "Other groups"}],
        "areas": [
            {"id": area, "label": label, "at": [column, row], "adjacent": near, "values": {"plaza": plaza}}
            for area, label, column, row, plaza, _, _, near in AREAS
        ],
        "area_values": [{"id": "plaza", "label": "Plaza value"}, {"id": "watch", "label": "ISR marker"}],
        "pieces": [
            {"id": "presence", "label": "Presence", "glyph": "●", "owners": ["chapitos", "mayiza", "cjng", "others"]},
            {"id": "units", "label": "Force units", "glyph": "▪", "owners": ["mexico_city"]},
            {"id": "site", "label": "Production site", "glyph": "⌂", "owners": ["chapitos"]},
        ],
        "slots": SLOTS.entries,
        "phases": PHASES,
        "actions": [
            {
                "id": action,
                "label": label,
                "menu": menu,
                "text": text,
                "stance": stance,
                "cost": {"washington.capital": cost},
                "order": 3,
                "cite": "5, 8",
            }
            for action, menu, label, stance, cost, text, _ in ACTIONS
        ]
        if you == "washington"
        else [],
        "agreements": [
            {
                "id": name,
                "label": label,
                "parties": parties,
                "cost": {seat: {f"{seat}.capital": points} for seat, points in cost.items()},
                "terms": terms,
                "sign": [[0, "change", "US-Mexico relations +3"]],
                "each_turn": [[0, "change", "Intelligence sharing +1"]],
                "leave": [[0, "change", "US-Mexico relations -6"]],
            }
            for name, label, parties, cost, terms in AGREEMENTS
        ],
        "motions": [{"id": "aumf_narrow", "label": "Narrow authorization", "text": "Named groups, fixed term, reporting."}],
        "agendas": [{"id": "homefront", "label": "Bring them home", "text": "No American casualties.", "max": 20}],
        "choices": [],
        "objectives": {"q1": {"title": "What does victory look like?", "text": "", "parts": {}}},
        "briefing": "# The White House\n\nYou promised results before autumn.\n\n## What you want\n\nFewer "
        "deaths, no quagmire.",
        "cards": [
            {
                "id": "kidnapping",
                "title": "Missing at the Resort",
                "pool": "trigger",
                "to": ["washington", "mexico_city"],
                "variables": [{"name": "target", "of": "owner"}],
                "objective": "q1",
                "cue": "Ask who speaks first.",
            },
            {
                "id": "tariff_letter",
                "title": "The Tariff Letter",
                "pool": "random",
                "to": ["washington"],
                "variables": [],
                "objective": "q1",
                "cue": "",
            },
        ]
        if you == "white_cell"
        else [],
    }


def story(
    kind: str, head: str, turn: int = 3, actor: str | None = None, stance: str | None = None, **more: Any
) -> dict[str, Any]:
    """A story as the server writes it."""
    entry = {
        "kind": kind,
        "turn": turn,
        "phase": "desk",
        "actor": actor,
        "stance": stance,
        "head": head,
        "lines": [],
        "slots": [],
        "card": None,
        "option": None,
        "rationale": None,
    }
    return {**entry, **more}


def cards() -> dict[str, Any]:
    """Two cards to answer and one to read."""
    return {
        "7": {
            "id": "kidnapping",
            "title": "Missing at the Resort",
            "to": ["washington", "mexico_city", "cjng"],
            "bound": {"target": "CJNG"},
            "answer": "washington",
            "text": "Four American tourists were taken from a beach road outside the resort at dawn. "
            "A video has gone to a television station; it names a price, and a date.\n\n"
            "The consulate asks what it may say. The families are already on the morning shows.",
            "options": [
                {
                    "id": "rescue",
                    "stance": "escalate",
                    "label": "Rescue operation",
                    "text": "Send a team tonight, with or without consent.",
                },
                {"id": "lead", "stance": "hold", "label": "Let Mexico lead", "text": "Offer help, stay in the second row."},
                {
                    "id": "talk",
                    "stance": "deescalate",
                    "label": "Back a negotiation",
                    "text": "A quiet channel, paid for by others.",
                },
            ],
            "default": "lead",
            "objective": "q1",
            "lesson": "",
            "tags": [],
            "turn": 3,
        },
        "8": {
            "id": "letter",
            "title": "The Tariff Letter",
            "to": ["washington"],
            "bound": {},
            "answer": "washington",
            "text": "The draft letter is on your desk: twenty-five per cent, from the first of the month.",
            "options": [
                {"id": "send", "stance": "escalate", "label": "Send it", "text": ""},
                {"id": "wait", "stance": "hold", "label": "Keep it in the drawer", "text": ""},
            ],
            "default": "wait",
            "objective": "q1",
            "lesson": "",
            "tags": [],
            "turn": 3,
        },
        "9": {
            "id": "march",
            "title": "The White-Shirt March",
            "to": ["mexico_city"],
            "bound": {},
            "answer": None,
            "text": "Business and families fill the avenue.",
            "options": [],
            "default": None,
            "objective": None,
            "lesson": "",
            "tags": [],
            "turn": 3,
        },
    }


def view(you: str = "washington", phase: str = "desk") -> dict[str, Any]:
    """What a viewer knows in turn 3."""
    relations, escalation, violence = (SLOTS.by_name[name] for name in ("relations", "escalation", "violence"))
    feed = [
        story("phase", "Turn 1 begins", 1),
        story(
            "order",
            "imposes tariffs",
            1,
            "washington",
            "escalate",
            slots=[[relations, 48, 44], [escalation, 2, 3]],
            lines=[[0, "change", "US-Mexico relations 48 to 44"]],
        ),
        story(
            "news", "A general is buried in Culiacán", 2, lines=[[0, "note", "Nobody claims it."]], slots=[[violence, 60, 61]]
        ),
        story("order", "signals openness in public", 2, "mexico_city", "deescalate", slots=[[relations, 44, 47]]),
        story("card", "Missing at the Resort", 3),
        story(
            "response",
            "answers a border closure with quiet talks",
            3,
            "mexico_city",
            "deescalate",
            rationale="We need the bridges open.",
        ),
        story(
            "order",
            "marches on Zamora",
            3,
            "cjng",
            "escalate",
            lines=[[0, "roll", "March: 41 against 58, it holds"], [1, "change", "Violence in Mexico +2"]],
            slots=[[violence, 61, 63], [relations, 47, 41], [escalation, 3, 4]],
        ),
    ]
    mine = you == "washington"
    return {
        "status": "running",
        "turn": 3,
        "phase": phase,
        "deadline": 1_092_000,
        "paused": None,
        "slots": {index: list(entry) for index, entry in SLOTS.values.items()},
        "sealed": ["cjng"],
        "active": ["washington", "mexico_city", "congress", "cjng"],
        "cards": cards() if mine else {},
        "responses": {},
        "orders": [],
        "floor": {"lobby": 0, "position": None, "veto": True},
        "setup": {"choices": {}, "placements": {}},
        "agreements": {"dialogue": {"by": "mexico_city", "since": 2, "side_terms": "No surprises before a phone call."}},
        "proposals": {"isr_share": {"by": "mexico_city", "signed": ["mexico_city"], "side_terms": "Nothing goes to the press."}}
        if mine
        else {},
        "played": [seat for seat, *_ in SEATS],
        "history": [
            {"turn": 2, "slots": {relations: 44, escalation: 3, violence: 60}},
            {"turn": 3, "slots": {relations: 47, escalation: 3, violence: 61}},
        ],
        "motion": None,
        "msel": [],
        "outcome": None,
        "drafts": {},
        "commitment": "9f2c41d0",
        "result": None,
        "messages": [
            {"from": "mexico_city", "to": None, "text": "We are all still at the table.", "turn": 2, "phase": "rooms"},
            {
                "from": "mexico_city",
                "to": ["washington"],
                "text": "Can we speak before you announce anything?",
                "turn": 3,
                "phase": "desk",
            },
        ],
        "feed": feed,
    }


def offers(phase: str = "desk", status: str = "running") -> list[dict[str, Any]]:
    """What Washington may do."""
    listed: list[dict[str, Any]] = [
        {"do": "say", "ok": True, "why": "", "to": [seat for seat, *_ in SEATS if seat != "washington"]}
    ]
    if status == "setup":
        return [
            *listed,
            {
                "do": "choose",
                "ok": True,
                "why": "",
                "choice": "objective",
                "label": "Victory condition",
                "text": "What would count as winning?",
                "options": [
                    {"id": "disrupt", "label": "Disrupt", "text": "Cut the flow."},
                    {"id": "degrade", "label": "Degrade", "text": "Break the groups."},
                ],
            },
            {
                "do": "place",
                "ok": True,
                "why": "",
                "placement": "markers",
                "piece": "watch",
                "label": "ISR markers",
                "count": 2,
                "areas": ["sinaloa", "jalisco", "baja"],
            },
            {"do": "seal", "ok": True, "why": ""},
        ]
    listed.append({"do": "seal", "ok": True, "why": ""})
    if phase == "desk":
        for number, card in cards().items():
            if card["options"]:
                options = [
                    {
                        "id": option["id"],
                        "ok": option["id"] != "talk",
                        "why": "No channel is open to them." if option["id"] == "talk" else "",
                    }
                    for option in card["options"]
                ]
                listed.append(
                    {"do": "respond", "ok": True, "why": "", "card": number, "title": card["title"], "options": options}
                )
    if phase == "rooms":
        for action, menu, label, stance, cost, text, why in ACTIONS:
            targeted = action in ("raid", "designate", "covert", "strike")
            listed.append(
                {
                    "do": "order",
                    "ok": why is None,
                    "why": why or "",
                    "action": action,
                    "label": label,
                    "menu": menu,
                    "text": text,
                    "stance": stance,
                    "cost": {"washington.capital": cost},
                    "targets": [{"name": "target", "label": "Against", "of": "cartel"}] if targeted else [],
                    "choices": [["chapitos"], ["cjng"]] if targeted else [],
                    "blocked": [[["mayiza"], "Nothing is known of them yet."]] if targeted else [],
                }
            )
        for name, label, parties, price, terms in AGREEMENTS[1:2] + AGREEMENTS[3:]:
            listed.append(
                {
                    "do": "propose",
                    "ok": name != "compact",
                    "why": "Congress has no money for it." if name == "compact" else "",
                    "agreement": name,
                    "label": label,
                    "parties": parties,
                    "cost": {seat: {f"{seat}.capital": points} for seat, points in price.items()},
                    "terms": terms,
                }
            )
        listed += [
            {"do": "sign", "ok": True, "why": "", "agreement": "isr_share"},
            {"do": "decline", "ok": True, "why": "", "agreement": "isr_share"},
        ]
        listed += [
            {"do": "leave", "ok": True, "why": "", "agreement": "dialogue", "label": "High-level security dialogue"},
            {
                "do": "transfer",
                "ok": True,
                "why": "",
                "to": ["mexico_city", "congress"],
                "limit": 2,
                "limits": {"mexico_city": 2, "congress": 1},
            },
        ]
    if phase == "floor":
        listed.append(
            {"do": "floor", "ok": True, "why": "", "motion": "aumf_narrow", "lobby": [-3, 3], "position": False, "veto": True}
        )
    return listed


MOTION = {
    "id": "aumf_narrow",
    "label": "Narrow authorization",
    "text": "Named groups, fixed term, reporting.",
    "by": "congress",
    "ayes": 6,
    "body": "floor",
    "veto": {"by": "washington", "ayes": 7},
    "blocs": [
        {"id": "leadership", "label": "Leadership", "votes": 2, "seat": "congress"},
        {"id": "hawks", "label": "Hawks", "votes": 3, "seat": None},
        {"id": "institutionalists", "label": "Institutionalists", "votes": 3, "seat": None},
        {"id": "districts", "label": "Border and trade districts", "votes": 2, "seat": None},
    ],
}
RESULT = {
    "ending": {"id": "late", "title": "A tired truce", "text": "Nobody won much. The bridges are open.", "catastrophe": False},
    "seats": {
        seat: {
            "score": 71.0 - 6 * number,
            "met": number < 2,
            "parts": [{"label": "Disrupt", "value": 31.5, "max": 45, "words": "How far the flow fell."}],
            "agenda": {"id": "homefront", "label": "Bring them home"},
            "choices": {"objective": "disrupt"},
        }
        for number, (seat, *_) in enumerate(SEATS)
    },
    "top": ["washington"],
    "ledger": [["US service members killed", 2], ["Civilians killed", 14]],
    "seed": "5e1d",
}


def answers(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """Previews and a score."""
    if body.get("what") == "score":
        return {
            "parts": [
                {"label": "Disrupt", "value": [10, 18], "max": 45, "words": "How far the flow fell."},
                {"label": "A breach", "value": [-3, 0], "max": None, "words": "Three points less."},
            ],
            "total": [38, 52],
            "mandate": 62,
        }
    if "card" in body and body["card"] not in cards():
        return {"error": "That card is not on the table."}
    if "card" in body:
        return {
            "options": {
                "rescue": [
                    [0, "roll", "The raid: 47-61 in 100"],
                    [1, "change", "if it works: US public support +5"],
                    [1, "change", "if not: a rescuer dies, escalation +1"],
                ],
                "lead": [[0, "change", "US-Mexico relations +3"], [0, "change", "US public support -2"]],
                "send": [[0, "change", "Tariffs in force"], [0, "change", "US-Mexico relations -6"]],
                "wait": [],
            }
        }
    if "action" in body:
        target = f" against {body['targets'][0]}" if body.get("targets") else ""
        return {
            "lines": [
                [0, "roll", f"The operation{target}: 47-58 in 100"],
                [1, "why", "24, +11 a lead, +3 a step of intelligence sharing"],
                [1, "change", "if it works: Cohesion -2"],
                [0, "change", "Escalation ladder +1"],
            ]
        }
    if "agreement" in body:
        return {
            "sign": [[0, "change", "US-Mexico relations +3"]],
            "each_turn": [[0, "change", "Intelligence sharing +1"]],
            "leave": [[0, "change", "US-Mexico relations -6"]],
        }
    if "motion" in body:
        return {
            "passes": [[0, "change", "Force against named groups becomes lawful"]],
            "fails": [[0, "change", "US public support -2"]],
            "leans": {"hawks": [52, 61], "institutionalists": [30, 30]},
            "per_point": 3,
        }
    if body.get("what") == "codes":
        return {"code": "KT7M-P2QX"}
    return {}
