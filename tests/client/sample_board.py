"""The board of the made-up game: seats, tracks, areas, menus, and what one seat sees of the slots."""

from __future__ import annotations

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
    (
        "escalation",
        "Escalation ladder",
        10,
        4,
        "conflict",
        [[0, 1, "calm"], [2, 3, "pressure"], [4, 5, "covert work"], [6, 9, "campaign"], [10, 10, "rupture"]],
    ),
    (
        "violence",
        "Violence in Mexico",
        100,
        63,
        "conflict",
        [[0, 35, "calmer"], [36, 48, "high"], [49, 60, "severe"], [61, 72, "crisis"], [73, 100, "war footing"]],
    ),
    (
        "creep",
        "Mission creep",
        10,
        2,
        "conflict",
        [[0, 0, "clear"], [1, 2, "stretching"], [3, 4, "drifting"], [5, 10, "endless"]],
    ),
    (
        "flow",
        "Fentanyl flow",
        100,
        66,
        "trade",
        [[0, 25, "disrupted"], [26, 40, "reduced"], [41, 55, "falling short"], [56, 70, "epidemic"], [71, 100, "surge"]],
    ),
    (
        "trade",
        "North American trade",
        100,
        58,
        "trade",
        [[0, 38, "rupture"], [39, 52, "contraction"], [53, 65, "uncertain"], [66, 78, "normal"], [79, 100, "boom"]],
    ),
    (
        "arms",
        "Southbound arms flow",
        100,
        2,
        "trade",
        [[0, 34, "squeezed"], [35, 55, "reduced"], [56, 74, "heavy"], [75, 100, "flood"]],
    ),
    (
        "border",
        "Border pressure",
        100,
        57,
        "trade",
        [[0, 34, "quiet"], [35, 54, "managed"], [55, 69, "tense"], [70, 100, "crisis"]],
    ),
    (
        "relations",
        "US-Mexico relations",
        100,
        41,
        "politics",
        [[0, 19, "rupture"], [20, 34, "hostile"], [35, 49, "strained"], [50, 69, "working"], [70, 100, "partnership"]],
    ),
    ("mexico_support", "Mexican public support", 100, 64, "politics", BANDS_SUPPORT),
    ("us_support", "US public support", 100, 49, "politics", BANDS_SUPPORT),
    (
        "region",
        "Hemispheric hedging",
        100,
        39,
        "politics",
        [[0, 25, "aligned"], [26, 43, "wary"], [44, 53, "hedging"], [54, 79, "bloc"], [80, 100, "break"]],
    ),
    (
        "narrative",
        "Cartel narrative",
        100,
        30,
        "politics",
        [[0, 19, "feared"], [20, 39, "tolerated"], [40, 59, "sympathised"], [60, 100, "insurgent"]],
    ),
    (
        "congress_authority",
        "Congressional authority",
        100,
        52,
        "politics",
        [[0, 29, "sidelined"], [30, 44, "reactive"], [45, 59, "contested"], [60, 79, "co-equal"], [80, 100, "decisive"]],
    ),
    (
        "intel",
        "Intelligence sharing",
        10,
        4,
        "services",
        [[0, 1, "frozen"], [2, 3, "minimal"], [4, 5, "transactional"], [6, 7, "trusted"], [8, 10, "fused"]],
    ),
    (
        "capacity",
        "Mexican security capacity",
        100,
        1,
        "services",
        [[0, 34, "hollow"], [35, 49, "stretched"], [50, 59, "improving"], [60, 100, "capable"]],
    ),
    ("corruption", "Infiltration of institutions", 100, 58, "services", THIRDS),
    ("standing", "Standing of Congress", 100, 50, "services", THIRDS),
]
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
