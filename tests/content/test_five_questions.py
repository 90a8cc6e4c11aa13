"""The flagship holds everything its brief names, and every entry has what a class needs of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from wargame.scenario.load import load
from wargame.scenario.model import Objective, Scenario, Stance

ROOT = Path(__file__).resolve().parents[2]

# What the brief calls it -> what it is called here.
ACTIONS = {
    "w_desig_core": "designate_core",
    "w_desig_wide": "expand_list",
    "w_pros_lead": "indict_leaders",
    "w_pros_fin": "terror_finance",
    "w_pros_guns": "prosecute_gun_traffickers",
    "w_border": "reinforce_border",
    "w_isr": "watch_area",
    "w_covert": "covert_action",
    "w_strike": "strike",
    "w_raid": "raid",
    "w_deploy": "deploy_brigade",
    "w_withdraw": "withdraw_brigade",
    "w_blockade": "blockade_ports",
    "w_ult_tariff": "tariff_ultimatum_order",
    "w_ult_strike": "strike_ultimatum_order",
    "w_assist": "assist",
    "w_redefine": "redefine_victory",
    "w_outreach": "outreach",
    "w_address": "declare_objective",
    "m_deploy": "deploy_forces",
    "m_arrest": "arrest_leader",
    "m_seize": "seize",
    "m_anticorr": "anticorruption",
    "m_capacity": "build_capacity",
    "m_quiet": "quiet_cooperation",
    "m_open": "signal_openness",
    "m_nation": "sovereignty_message",
    "m_hemis": "rally_hemisphere",
    "m_ag_tight": "tighten_agents_law",
    "m_ag_relax": "relax_agents_law",
    "m_retal": "counter_tariffs_order",
    "m_comm": "protect_communities",
    "m_border": "guard_northern_border",
    "c_aumf_n": "bring_narrow_aumf",
    "c_aumf_b": "bring_broad_aumf",
    "c_narcos": "bring_narcos_bill",
    "c_wpr": "bring_war_powers_resolution",
    "c_nea": "bring_end_emergency",
    "c_tariff": "bring_tariff_rollback",
    "c_fundA": "fund_cooperation",
    "c_fundO": "fund_operations",
    "c_hear": "oversight_hearing",
    "c_brief": "closed_briefing",
    "c_guns": "gun_enforcement",
    "c_treat": "fund_treatment",
    "c_codel": "delegation",
    "k_fent": "invest",
    "k_pivot": "pivot",
    "k_squeeze": "squeeze",
    "k_consol": "consolidate",
    "k_recruit": "recruit",
    "k_turf": "contest",
    "k_bribe": "buy_protection",
    "k_lielow": "lie_low",
    "k_narr": "defender_campaign",
    "k_force": "show_of_force",
    "k_hostage": "take_leverage",
    "k_tip": "leak_secrets",
    "k_move": "disperse_sites",
    "k_absorb": "absorb_splinter",
    "h_state": "joint_statement",
    "h_mediate": "mediate",
    "h_hedge": "court_outsider",
    "h_pact": "ask_security_package",
    "h_aidmx": "solidarity",
    "h_trade": "diversify_trade",
    "h_censure": "formal_censure",
    "h_norm": "crime_compact",
}
CARDS = {
    "tariff_ultimatum": "tariff_ultimatum",
    "tariff_response": "tariff_response",
    "strike_ultimatum": "strike_ultimatum",
    "sov_breach": "sovereignty_breach",
    "civilian_strike": "civilian_strike",
    "insurgent_turn": "insurgent_turn",
    "us_service_killed": "service_members_killed",
    "tourist_kidnap": "tourist_kidnapping",
    "aumf_debate": "authorization_question",
    "wpr_deadline": "day_sixty",
    "splinter_group": "splinter_group",
    "over_designation": "over_designation",
    "port_blockade": "port_blockade",
    "covert_exposed": "covert_exposed",
    "general_arrest": "general_arrest",
    "leaked_file": "leaked_file",
    "regional_backlash": "regional_backlash",
    "rival_guarantees": "rival_guarantees",
    "template_debate": "template_debate",
    "second_front": "second_front",
    "offer_from_mexico": "offer_from_mexico",
    "offer_from_washington": "offer_from_washington",
    "lab_denial": "lab_denial",
    "gun_trace": "gun_trace",
    "avocado_case": "avocado_case",
    "tortilla_tax": "tortilla_tax",
    "culiacan_flare": "culiacan_flare",
    "favour_a_side": "favour_a_side",
    "dissent_memo": "dissent_memo",
    "emergency_review": "emergency_review",
    "foreign_agents_bill": "foreign_agents_bill",
    "business_march": "business_march",
    "hot_patrol": "hot_patrol",
    "china_link": "china_link",
    "migration_surge": "migration_surge",
    "spotlight": "spotlight",
}
AGREEMENTS = {
    "dialogue": "dialogue",
    "facts": "shared_facts",
    "isr_share": "isr_share",
    "training": "training",
    "joint_ops": "joint_ops",
    "arms_pact": "arms_pact",
    "port_screen": "port_screen",
    "tariff_truce": "tariff_truce",
    "compact": "compact",
    "consult": "consultation",
    "good_neighbor": "good_neighbor",
    "truce": "truce",
    "routes_cj_ch": "routes_cjng_chapitos",
    "routes_cj_mz": "routes_cjng_mayiza",
}
MOTIONS = {
    "aumf_narrow": "aumf_narrow",
    "aumf_broad": "aumf_broad",
    "narcos": "narcos_bill",
    "wpr": "war_powers_resolution",
    "nea": "end_emergency",
    "tariff": "tariff_rollback",
}
TRACKS = [
    "escalation",
    "fentanyl_flow",
    "violence",
    "relations",
    "trade",
    "mexican_support",
    "us_support",
    "hemispheric_hedging",
    "cartel_narrative",
    "intel",
    "security_capacity",
    "infiltration",
    "arms_flow",
    "border_pressure",
    "mission_creep",
    "legislative_authority",
    "congress_standing",
]
COUNTERS = [
    "demand_shift",
    "us_military_casualties",
    "mexican_civilian_casualties",
    "us_civilian_casualties",
    "sovereignty_incidents",
    "designated_groups",
    "splinters",
    "covert_operations",
    "successful_operations",
    "border_surges",
    "foreign_agents_law",
    "hostage_precedents",
]
FLAGS = [
    "border_emergency",
    "designation_order",
    "sinaloa_feud",
    "core_designated",
    "wide_designated",
    "narcos_act",
    "covert_finding",
    "narrow_authorization",
    "broad_authorization",
    "unauthorized_hostilities",
    "war_powers_breach",
    "extension_agreed",
    "extension_used",
    "operations_banned",
    "consent_pledge",
    "tariffs",
    "counter_tariffs",
    "coerced_consent",
    "regional_censure",
    "counterintelligence",
    "open_signal",
    "cooperation_funded",
    "objective_declared",
    "authorization_push",
    "border_surge",
    "mexico_model",
    "model_study",
    "strikes_requested",
]
AGENDAS = {"washington": 5, "mexico_city": 4, "congress": 4, "cartel": 6, "hemisphere": 3}


@pytest.fixture(scope="module")
def flagship() -> Scenario:
    loaded = load(ROOT / "scenarios" / "five_questions")
    assert [str(problem) for problem in loaded.report.sorted()] == []
    assert loaded.scenario is not None
    return loaded.scenario


def test_holds_every_order_of_the_brief(flagship: Scenario) -> None:
    assert len(ACTIONS) == 68
    assert set(ACTIONS.values()) - set(flagship.actions) == set()
    assert set(flagship.actions) - set(ACTIONS.values()) == {"veto_target"}


def test_holds_every_card_of_the_brief(flagship: Scenario) -> None:
    assert len(CARDS) == 36
    assert set(CARDS.values()) - set(flagship.injects) == set()


def test_holds_every_agreement_and_vote_of_the_brief(flagship: Scenario) -> None:
    assert len(AGREEMENTS) == 14
    assert set(flagship.agreements) - set(AGREEMENTS.values()) == {"isr_share_quiet"}
    assert set(flagship.motions) == set(MOTIONS.values())
    assert set(AGREEMENTS.values()) <= set(flagship.agreements)


def test_holds_every_number_and_fact_of_the_brief(flagship: Scenario) -> None:
    assert set(TRACKS) | set(COUNTERS) <= set(flagship.tracks)
    assert set(FLAGS) <= set(flagship.flags)
    assert {name for name, flag in flagship.flags.items() if flag.start} == {
        "border_emergency",
        "designation_order",
        "sinaloa_feud",
    }
    assert len(flagship.areas) == 14
    assert {deck: len(agendas) for deck, agendas in flagship.agendas.items()} == AGENDAS


def test_tracks_have_bands_and_help(flagship: Scenario) -> None:
    for name in TRACKS:
        track = flagship.tracks[name]
        assert track.bands, name
        assert track.help, name
        covered = [value for band in track.bands for value in range(band.lo, band.hi + 1)]
        assert sorted(covered) == list(range(track.range.lo, track.range.hi + 1)), name


def test_the_setup_is_the_brief_s(flagship: Scenario) -> None:
    presence: dict[str, int] = {}
    units = 0
    for area in flagship.areas.values():
        for owner, count in area.pieces.get("presence", {}).items():
            presence[owner] = presence.get(owner, 0) + count
        units += sum(area.pieces.get("units", {}).values())
    assert presence == {"chapitos": 8, "mayiza": 7, "cjng": 14, "other_groups": 7}
    assert units == 12
    assert flagship.seats["cjng"].start == {"cash": 7, "strength": 8, "cohesion": 7, "synthetics": 6, "rackets": 5, "heat": 5}
    assert flagship.seats["hemisphere"].optional
    assert (flagship.scoring.mandate, flagship.scoring.ending_cap, flagship.turns.count) == (62, 35, 8)
    assert len([ending for ending in flagship.endings.values() if ending.catastrophe]) == 5


def test_every_seat_has_a_briefing_worth_reading(flagship: Scenario) -> None:
    for seat in flagship.seats.values():
        words = len(seat.briefing.get().split())
        assert 250 <= words <= 450, (seat.title, words)


def test_every_card_can_be_debriefed(flagship: Scenario) -> None:
    parts = {f"{name}.{part}" for name, one in flagship.objectives.items() for part in one.parts}
    assert parts
    for name, card in flagship.injects.items():
        assert card.objective is not None, name
        assert card.objective.text in parts, name
        assert all((card.debrief, card.lesson, card.text, card.cue)), name


def test_every_objective_has_a_card(flagship: Scenario) -> None:
    used = {card.objective.text for card in flagship.injects.values() if card.objective is not None}
    for name in ("q1", "q2", "q3", "q4", "q5"):
        question: Objective = flagship.objectives[name]
        assert {f"{name}.{part}" for part in question.parts} <= used


def test_every_choice_offers_each_stance_once_and_holds_by_default(flagship: Scenario) -> None:
    for name, card in flagship.injects.items():
        for seat, choice in card.choices.items():
            where = f"{name}: {seat}"
            assert sorted(option.stance.value for option in choice.options) == ["deescalate", "escalate", "hold"], where
            default = next(option for option in choice.options if option.id == choice.default)
            assert default.stance is Stance.HOLD, where


def test_every_condition_says_why(flagship: Scenario) -> None:
    for name, action in flagship.actions.items():
        assert all(requirement.otherwise for requirement in action.requires), name
        assert all(target.otherwise for target in action.targets.values() if target.where is not None), name
    for name, agreement in flagship.agreements.items():
        assert all(requirement.otherwise for requirement in agreement.requires), name


def test_every_score_part_has_words(flagship: Scenario) -> None:
    assert set(flagship.scoring.seats) == {"washington", "mexico_city", "congress", "cartel", "hemisphere"}
    for seat, score in flagship.scoring.seats.items():
        assert all(part.words for part in score), seat
