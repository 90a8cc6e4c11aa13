"""A made-up moment of a large game, shaped as the server sends it: catalog, view and offers of a seat."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

SEATS = [
    ("washington", "The White House", "WH", None),
    ("mexico_city", "Mexico City", "MX", None),
    ("congress", "Congress", "Congress", None),
    ("chapitos", "Chapitos", "Chapitos", "cartel"),
    ("mayiza", "Mayiza", "Mayiza", "cartel"),
    ("cjng", "CJNG", "CJNG", "cartel"),
]
BANDS_SUPPORT = [[0, 29, "collapsing"], [30, 44, "weak"], [45, 59, "contested"], [60, 74, "solid"], [75, 100, "commanding"]]
THIRDS = [[0, 33, "low"], [34, 66, "medium"], [67, 100, "high"]]
TRACKS: list[tuple[str, str, int, int, str, list[list[Any]]]] = [
    ("escalation", "Escalation ladder", 10, 4, "conflict", [[0, 1, "calm"], [2, 3, "pressure"], [4, 5, "covert work"], [6, 9, "campaign"], [10, 10, "rupture"]]),
    ("violence", "Violence in Mexico", 100, 63, "conflict", [[0, 35, "calmer"], [36, 48, "high"], [49, 60, "severe"], [61, 72, "crisis"], [73, 100, "war footing"]]),
    ("creep", "Mission creep", 10, 2, "conflict", [[0, 0, "clear"], [1, 2, "stretching"], [3, 4, "drifting"], [5, 10, "endless"]]),
    ("flow", "Fentanyl flow", 100, 66, "trade", [[0, 25, "disrupted"], [26, 40, "reduced"], [41, 55, "falling short"], [56, 70, "epidemic"], [71, 100, "surge"]]),
    ("trade", "North American trade", 100, 58, "trade", [[0, 38, "rupture"], [39, 52, "contraction"], [53, 65, "uncertain"], [66, 78, "normal"], [79, 100, "boom"]]),
    ("arms", "Southbound arms flow", 100, 2, "trade", [[0, 34, "squeezed"], [35, 55, "reduced"], [56, 74, "heavy"], [75, 100, "flood"]]),
    ("border", "Border pressure", 100, 57, "trade", [[0, 34, "quiet"], [35, 54, "managed"], [55, 69, "tense"], [70, 100, "crisis"]]),
    ("relations", "US-Mexico relations", 100, 41, "politics", [[0, 19, "rupture"], [20, 34, "hostile"], [35, 49, "strained"], [50, 69, "working"], [70, 100, "partnership"]]),
    ("mexico_support", "Mexican public support", 100, 64, "politics", BANDS_SUPPORT),
    ("us_support", "US public support", 100, 49, "politics", BANDS_SUPPORT),
    ("region", "Hemispheric hedging", 100, 39, "politics", [[0, 25, "aligned"], [26, 43, "wary"], [44, 53, "hedging"], [54, 79, "bloc"], [80, 100, "break"]]),
    ("narrative", "Cartel narrative", 100, 30, "politics", [[0, 19, "feared"], [20, 39, "tolerated"], [40, 59, "sympathised"], [60, 100, "insurgent"]]),
    ("congress_authority", "Congressional authority", 100, 52, "politics", [[0, 29, "sidelined"], [30, 44, "reactive"], [45, 59, "contested"], [60, 79, "co-equal"], [80, 100, "decisive"]]),
    ("intel", "Intelligence sharing", 10, 4, "services", [[0, 1, "frozen"], [2, 3, "minimal"], [4, 5, "transactional"], [6, 7, "trusted"], [8, 10, "fused"]]),
    ("capacity", "Mexican security capacity", 100, 1, "services", [[0, 34, "hollow"], [35, 49, "stretched"], [50, 59, "improving"], [60, 100, "capable"]]),
    ("corruption", "Infiltration of institutions", 100, 58, "services", THIRDS),
    ("standing", "Standing of Congress", 100, 50, "services", THIRDS),
]  # fmt: skip
AREAS: list[tuple[str, str, int, int, int, tuple[int, int, int, int], int, list[str]]] = [
    ("us_home", "US Homeland", 2, 0, 0, (0, 0, 0, 0), 0, ["border_w", "border_e"]),
    ("border_w", "Border West", 1, 1, 0, (0, 0, 0, 0), 0, ["us_home", "border_e", "baja", "sonora"]),
    ("border_e", "Border East", 3, 1, 0, (0, 0, 0, 0), 0, ["us_home", "border_w", "sonora", "noreste"]),
    ("baja", "Tijuana & Baja", 0, 2, 3, (1, 2, 1, 0), 1, ["border_w", "sonora"]),
    ("sonora", "Sonora-Chihuahua", 2, 2, 3, (2, 1, 0, 1), 1, ["border_w", "border_e", "baja", "sinaloa", "noreste"]),
    ("noreste", "Nuevo León-Tamaulipas", 4, 2, 3, (0, 0, 1, 2), 1, ["border_e", "sonora", "bajio", "gulf"]),
    ("sinaloa", "Sinaloa & Culiacán", 1, 3, 3, (3, 3, 0, 0), 2, ["sonora", "jalisco", "bajio"]),
    ("jalisco", "Jalisco & Guadalajara", 2, 4, 3, (0, 0, 3, 0), 1, ["sinaloa", "bajio", "pacports", "michoacan"]),
    ("bajio", "Bajío", 3, 3, 2, (0, 0, 2, 1), 1, ["sinaloa", "noreste", "jalisco", "michoacan", "cdmx"]),
    ("pacports", "Pacific Ports", 1, 5, 3, (0, 1, 2, 0), 1, ["jalisco", "michoacan"]),
    ("michoacan", "Michoacán & Tierra Caliente", 2, 5, 2, (0, 0, 2, 2), 0, ["jalisco", "bajio", "pacports", "cdmx"]),
    ("cdmx", "Mexico City", 3, 5, 2, (1, 0, 1, 0), 2, ["bajio", "michoacan", "gulf", "sureste"]),
    ("gulf", "Veracruz & Gulf Ports", 4, 4, 2, (0, 0, 1, 1), 1, ["noreste", "cdmx", "sureste"]),
    ("sureste", "Riviera & Southern Border", 5, 5, 2, (1, 0, 1, 0), 1, ["cdmx", "gulf"]),
]
ACTIONS: list[tuple[str, str, str, str, int, str, str | None]] = [
    (
        "tariffs",
        "Tariffs",
        "Impose tariffs",
        "escalate",
        2,
        "Duties on Mexican goods until the cartels are “under control”.",
        None,
    ),
    (
        "lift_tariffs",
        "Tariffs",
        "Lift tariffs",
        "deescalate",
        1,
        "Take the duties back, in return for a promise.",
        "There are no tariffs in force.",
    ),
    (
        "designate",
        "Designate",
        "Designate a group as terrorist",
        "escalate",
        2,
        "A legal basis for sanctions and, some say, for force.",
        None,
    ),
    ("surge_border", "Border", "Surge the border", "hold", 1, "Troops and agents to the line.", None),
    (
        "covert",
        "Covert",
        "Covert action against laboratories",
        "escalate",
        2,
        "Deniable teams; a risk that it comes out.",
        None,
    ),
    ("surveil", "Covert", "Drone surveillance", "hold", 1, "Eyes over the sierra.", None),
    (
        "strike",
        "Strike",
        "Air strike on laboratories",
        "escalate",
        4,
        "Open force on foreign soil.",
        "Needs a legal basis. Designate the group or win an authorization.",
    ),
    (
        "raid",
        "Raid",
        "Special-operations raid on leadership",
        "escalate",
        3,
        "Capture-or-kill operation against a named leader.",
        None,
    ),
    ("assist", "Assist", "Training, equipment and airlift", "deescalate", 3, "Build the force that will take over.", None),
    (
        "outreach",
        "Outreach",
        "Good-neighbour outreach",
        "deescalate",
        1,
        "Regional tour, rules of restraint, respectful tone.",
        None,
    ),
    (
        "address",
        "Outreach",
        "Declare the victory condition",
        "hold",
        1,
        "State one objective in public; it is then locked.",
        None,
    ),
]
AGREEMENTS = [
    (
        "dialogue",
        "High-level security dialogue",
        ["washington", "mexico_city"],
        {"washington": 1, "mexico_city": 2},
        "Ministers meet every turn.",
    ),
    (
        "joint_ops",
        "Joint operations",
        ["washington", "mexico_city"],
        {"washington": 2, "mexico_city": 3},
        "Operations with consent, under Mexican command.",
    ),
    (
        "isr_share",
        "Shared surveillance",
        ["washington", "mexico_city"],
        {"washington": 1, "mexico_city": 1},
        "What the drones see goes to both.",
    ),
    (
        "compact",
        "Funded compact",
        ["washington", "mexico_city", "congress"],
        {"washington": 1, "mexico_city": 1, "congress": 2},
        "Money against reform, year by year.",
    ),
]
PHASES = [
    {"id": "news", "label": "News", "kind": "automatic", "text": ""},
    {"id": "desk", "label": "Crisis desk", "kind": "cards", "text": ""},
    {"id": "rooms", "label": "Rooms and orders", "kind": "orders", "text": "", "orders": 2},
    {"id": "floor", "label": "Floor", "kind": "floor", "text": ""},
    {"id": "close", "label": "Close", "kind": "automatic", "text": ""},
]


class Slots:
    """Numbers the slots and holds what is seen of them."""

    def __init__(self) -> None:
        self.entries: list[dict[str, Any]] = []
        self.values: dict[int, list[Any]] = {}
        self.by_name: dict[str, int] = {}

    def add(self, name: str, family: str, label: str, hi: int, value: int | None, level: int = 2, **more: Any) -> None:
        index = len(self.entries) + 1
        entry = {
            "index": index,
            "name": name,
            "family": family,
            "label": label,
            "lo": 0,
            "hi": hi,
            "bands": [],
            "owner": None,
            "area": None,
            "part": name.rpartition(".")[2],
            "help": "",
            "unit": "",
            "group": "",
        }
        self.entries.append({**entry, **more})
        self.by_name[name] = index
        if value is not None:
            self.values[index] = [level, value, None]


def _slots() -> Slots:
    slots = Slots()
    for name, label, hi, value, group, bands in TRACKS:
        level = 1 if name in ("arms", "capacity") else 2
        hidden = name in ("corruption", "standing")
        words = (
            "How far the two governments have climbed. At 10 the game ends." if name == "escalation" else f"{label}, as of now."
        )
        slots.add(name, "track", label, hi, None if hidden else value, level, bands=bands, group=group, help=words)
    for name, label, value in (
        ("tariffs", "Tariffs in force", 1),
        ("emergency", "Border emergency", 1),
        ("declared", "Objective declared", 0),
    ):
        slots.add(name, "flag", label, 1, value)
    slots.add("war_powers", "clock", "War Powers clock", 120, 60, unit="days")
    slots.add("washington.capital", "resource", "Political capital", 14, 6, owner="washington")
    for seat in ("chapitos", "mayiza", "cjng"):
        for part, label, value in (("strength", "Strength", 1), ("heat", "Attention", 2)):
            slots.add(
                f"{seat}.{part}",
                "resource",
                label,
                12,
                value,
                1,
                owner=seat,
                bands=[[0, 4, "low"], [5, 8, "medium"], [9, 12, "high"]],
            )
    slots.values[slots.by_name["mayiza.heat"]] = [0, [1, 1], 2]
    for area, _, _, _, _, presence, units, _ in AREAS:
        slots.add(f"{area}.watch", "area", "ISR marker", 2, 1 if area == "sinaloa" else 0, area=area)
        for who, number in zip(("chapitos", "mayiza", "cjng", "others"), presence, strict=True):
            slots.add(f"{area}.{who}.presence", "piece", "Presence", 3, number, owner=who, area=area)
        slots.add(f"{area}.mexico_city.units", "piece", "Force units", 9, units, owner="mexico_city", area=area)
        slots.add(f"{area}.chapitos.site", "piece", "Production site", 1, None, owner="chapitos", area=area)
    slots.values[slots.by_name["sinaloa.chapitos.site"]] = [2, 1, 3]
    slots.values[slots.by_name["sonora.chapitos.site"]] = [0, [2, 1], 1]
    slots.add("washington.agenda", "agenda", "Agenda", 3, 0, owner="washington")
    return slots


SLOTS = _slots()


def catalog(you: str = "washington") -> dict[str, Any]:
    """The fixed part for a viewer."""
    return {
        "you": you,
        "scenario": {"id": "five_questions", "title": "Five Questions: The Cartel Crisis", "summary": "A year between pressure and partnership.", "content_note": "Violence, abstracted.", "version": "1", "digest": "ab12"},
        "turns": {"count": 8, "length": "30 days", "labels": ["February", "March", "April", "May", "June", "July", "August", "September"]},
        "mandate": 62,
        "seats": [{"id": seat, "title": title, "short": short, "kind": kind, "color": "", "optional": False, "played": True} for seat, title, short, kind in SEATS],
        "factions": [{"id": "others", "label": "Other groups"}],
        "areas": [{"id": area, "label": label, "at": [column, row], "adjacent": near, "values": {"plaza": plaza}} for area, label, column, row, plaza, _, _, near in AREAS],
        "area_values": [{"id": "plaza", "label": "Plaza value"}, {"id": "watch", "label": "ISR marker"}],
        "pieces": [
            {"id": "presence", "label": "Presence", "glyph": "●", "owners": ["chapitos", "mayiza", "cjng", "others"]},
            {"id": "units", "label": "Force units", "glyph": "▪", "owners": ["mexico_city"]},
            {"id": "site", "label": "Production site", "glyph": "⌂", "owners": ["chapitos"]},
        ],
        "slots": SLOTS.entries,
        "phases": PHASES,
        "actions": [{"id": action, "label": label, "menu": menu, "text": text, "stance": stance, "cost": {"washington.capital": cost}, "order": 3, "cite": "5, 8"} for action, menu, label, stance, cost, text, _ in ACTIONS] if you == "washington" else [],
        "agreements": [{"id": name, "label": label, "parties": parties, "cost": cost, "terms": terms, "sign": [[0, "change", "US-Mexico relations +3"]], "each_turn": [[0, "change", "Intelligence sharing +1"]], "leave": [[0, "change", "US-Mexico relations -6"]]} for name, label, parties, cost, terms in AGREEMENTS],
        "motions": [{"id": "aumf_narrow", "label": "Narrow authorization", "text": "Named groups, fixed term, reporting."}],
        "agendas": [{"id": "homefront", "label": "Bring them home", "text": "No American casualties.", "max": 20}],
        "choices": [],
        "objectives": {"q1": {"title": "What does victory look like?", "text": "", "parts": {}}},
        "briefing": "# The White House\n\nYou promised results before autumn.\n\n## What you want\n\nFewer deaths, no quagmire.",
        "cards": [{"id": "kidnapping", "title": "Missing at the Resort", "pool": "trigger", "to": ["washington", "mexico_city"], "variables": [{"name": "target", "of": "owner"}], "objective": "q1", "cue": "Ask who speaks first."}, {"id": "tariff_letter", "title": "The Tariff Letter", "pool": "random", "to": ["washington"], "variables": [], "objective": "q1", "cue": ""}] if you == "white_cell" else [],
    }  # fmt: skip


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
            "id": "kidnapping", "title": "Missing at the Resort", "to": ["washington", "mexico_city", "cjng"], "bound": {"target": "CJNG"}, "answer": "washington",
            "text": "Four American tourists were taken from a beach road outside the resort at dawn. A video has gone to a television station; it names a price, and a date.\n\nThe consulate asks what it may say. The families are already on the morning shows.",
            "options": [
                {"id": "rescue", "stance": "escalate", "label": "Rescue operation", "text": "Send a team tonight, with or without consent."},
                {"id": "lead", "stance": "hold", "label": "Let Mexico lead", "text": "Offer help, stay in the second row."},
                {"id": "talk", "stance": "deescalate", "label": "Back a negotiation", "text": "A quiet channel, paid for by others."},
            ],
            "default": "lead", "objective": "q1", "lesson": "", "tags": [], "turn": 3,
        },
        "8": {
            "id": "letter", "title": "The Tariff Letter", "to": ["washington"], "bound": {}, "answer": "washington",
            "text": "The draft letter is on your desk: twenty-five per cent, from the first of the month.",
            "options": [
                {"id": "send", "stance": "escalate", "label": "Send it", "text": ""},
                {"id": "wait", "stance": "hold", "label": "Keep it in the drawer", "text": ""},
            ],
            "default": "wait", "objective": "q1", "lesson": "", "tags": [], "turn": 3,
        },
        "9": {
            "id": "march", "title": "The White-Shirt March", "to": ["mexico_city"], "bound": {}, "answer": None, "text": "Business and families fill the avenue.",
            "options": [], "default": None, "objective": None, "lesson": "", "tags": [], "turn": 3,
        },
    }  # fmt: skip


def view(you: str = "washington", phase: str = "desk") -> dict[str, Any]:
    """What a viewer knows in turn 3."""
    relations, escalation, violence = (SLOTS.by_name[name] for name in ("relations", "escalation", "violence"))
    feed = [
        story("phase", "Turn 1 begins", 1),
        story("order", "imposes tariffs", 1, "washington", "escalate", slots=[[relations, 48, 44], [escalation, 2, 3]], lines=[[0, "change", "US-Mexico relations 48 to 44"]]),
        story("news", "A general is buried in Culiacán", 2, lines=[[0, "note", "Nobody claims it."]], slots=[[violence, 60, 61]]),
        story("order", "signals openness in public", 2, "mexico_city", "deescalate", slots=[[relations, 44, 47]]),
        story("card", "Missing at the Resort", 3),
        story("response", "answers a border closure with quiet talks", 3, "mexico_city", "deescalate", rationale="We need the bridges open."),
        story("order", "marches on Zamora", 3, "cjng", "escalate", lines=[[0, "roll", "March: 41 against 58, it holds"], [1, "change", "Violence in Mexico +2"]], slots=[[violence, 61, 63], [relations, 47, 41], [escalation, 3, 4]]),
    ]  # fmt: skip
    mine = you == "washington"
    return {
        "status": "running", "turn": 3, "phase": phase, "deadline": 1_092_000, "paused": None,
        "slots": {index: list(entry) for index, entry in SLOTS.values.items()},
        "sealed": ["cjng"], "active": ["washington", "mexico_city", "congress", "cjng"],
        "cards": cards() if mine else {}, "responses": {}, "orders": [], "floor": {}, "setup": {"choices": {}, "placements": {}},
        "agreements": {"dialogue": {"by": "mexico_city", "since": 2, "side_terms": "No surprises before a phone call."}},
        "proposals": {"isr_share": {"by": "mexico_city", "signed": ["mexico_city"], "side_terms": "Nothing goes to the press."}} if mine else {},
        "played": [seat for seat, *_ in SEATS],
        "history": [
            {"turn": 2, "slots": {relations: 44, escalation: 3, violence: 60}},
            {"turn": 3, "slots": {relations: 47, escalation: 3, violence: 61}},
        ],
        "motion": None, "armed": [], "schedule": [], "drafts": {}, "commitment": "9f2c41d0", "result": None,
        "messages": [
            {"from": "mexico_city", "to": None, "text": "We are all still at the table.", "turn": 2, "phase": "rooms"},
            {"from": "mexico_city", "to": ["washington"], "text": "Can we speak before you announce anything?", "turn": 3, "phase": "desk"},
        ],
        "feed": feed,
    }  # fmt: skip


def offers(phase: str = "desk", status: str = "running") -> list[dict[str, Any]]:
    """What Washington may do."""
    listed: list[dict[str, Any]] = [
        {"do": "say", "ok": True, "why": "", "to": [seat for seat, *_ in SEATS if seat != "washington"]}
    ]
    if status == "setup":
        return [
            *listed,
            {"do": "choose", "ok": True, "why": "", "choice": "objective", "label": "Victory condition", "text": "What would count as winning?", "options": [{"id": "disrupt", "label": "Disrupt", "text": "Cut the flow."}, {"id": "degrade", "label": "Degrade", "text": "Break the groups."}]},
            {"do": "place", "ok": True, "why": "", "placement": "markers", "piece": "watch", "label": "ISR markers", "count": 2, "areas": ["sinaloa", "jalisco", "baja"]},
            {"do": "seal", "ok": True, "why": ""},
        ]  # fmt: skip
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
                    {"do": "respond", "ok": True, "why": "", "card": int(number), "title": card["title"], "options": options}
                )
    if phase == "rooms":
        for action, menu, label, stance, cost, text, why in ACTIONS:
            targeted = action in ("raid", "designate", "covert", "strike")
            listed.append({
                "do": "order", "ok": why is None, "why": why or "", "action": action, "label": label, "menu": menu, "text": text, "stance": stance,
                "cost": {"washington.capital": cost}, "targets": [{"name": "target", "label": "Against", "of": "cartel"}] if targeted else [],
                "choices": [["chapitos"], ["cjng"]] if targeted else [], "blocked": [[["mayiza"], "Nothing is known of them yet."]] if targeted else [],
            })  # fmt: skip
        for name, label, parties, cost, terms in AGREEMENTS[1:2] + AGREEMENTS[3:]:
            listed.append(
                {
                    "do": "propose",
                    "ok": name != "compact",
                    "why": "Congress has no money for it." if name == "compact" else "",
                    "agreement": name,
                    "label": label,
                    "parties": parties,
                    "cost": cost,
                    "terms": terms,
                }
            )
        listed += [
            {"do": "sign", "ok": True, "why": "", "agreement": "isr_share"},
            {"do": "decline", "ok": True, "why": "", "agreement": "isr_share"},
        ]
        listed += [
            {"do": "leave", "ok": True, "why": "", "agreement": "dialogue", "label": "High-level security dialogue"},
            {"do": "transfer", "ok": True, "why": "", "to": ["mexico_city", "congress"], "limit": 2},
        ]
    if phase == "floor":
        listed.append(
            {"do": "floor", "ok": True, "why": "", "motion": "aumf_narrow", "lobby": [-3, 3], "position": False, "veto": True}
        )
    return listed


MOTION = {
    "id": "aumf_narrow", "label": "Narrow authorization", "text": "Named groups, fixed term, reporting.", "by": "congress", "ayes": 6, "body": "floor", "veto": {"by": "washington", "ayes": 7},
    "blocs": [
        {"id": "leadership", "label": "Leadership", "votes": 2, "seat": "congress"},
        {"id": "hawks", "label": "Hawks", "votes": 3, "seat": None},
        {"id": "institutionalists", "label": "Institutionalists", "votes": 3, "seat": None},
        {"id": "districts", "label": "Border and trade districts", "votes": 2, "seat": None},
    ],
}  # fmt: skip
RESULT = {
    "ending": {"id": "late", "title": "A tired truce", "text": "Nobody won much. The bridges are open.", "catastrophe": False},
    "seats": {
        seat: {"score": 71.0 - 6 * number, "met": number < 2, "parts": [{"label": "Disrupt", "value": 31.5, "max": 45, "words": "How far the flow fell."}], "agenda": {"id": "homefront", "label": "Bring them home"}, "choices": {"objective": "disrupt"}}
        for number, (seat, *_) in enumerate(SEATS)
    },
    "top": ["washington"], "ledger": [["US service members killed", 2], ["Civilians killed", 14]], "seed": "5e1d",
}  # fmt: skip


def answers(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """Previews and a score."""
    if body.get("what") == "score":
        return {
            "parts": [{"label": "Disrupt", "value": [10, 18], "max": 45, "words": "How far the flow fell."}],
            "total": [38, 52],
            "mandate": 62,
        }
    if "card" in body:
        return {"options": {
            "rescue": [[0, "roll", "The raid: 47-61 in 100"], [1, "change", "if it works: US public support +5"], [1, "change", "if not: a rescuer dies, escalation +1"]],
            "lead": [[0, "change", "US-Mexico relations +3"], [0, "change", "US public support -2"]],
            "send": [[0, "change", "Tariffs in force"], [0, "change", "US-Mexico relations -6"]], "wait": [],
        }}  # fmt: skip
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
        }
    if body.get("what") == "codes":
        return {"code": "KT7M-P2QX"}
    return {}
