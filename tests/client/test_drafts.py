"""A draft is on the disk as soon as it is typed, belongs to one game and seat, and goes when it was sent."""

from __future__ import annotations

import stat
from pathlib import Path

from wargame.client.drafts import KEPT, Drafts
from wargame.client.tokens import Tokens


def test_a_draft_outlives_its_program(tmp_path: Path) -> None:
    Drafts("game", "washington", tmp_path).put("talk.all", "Half a sen")
    assert Drafts("game", "washington", tmp_path).text("talk.all") == "Half a sen"
    assert Drafts("game", "congress", tmp_path).text("talk.all") == ""
    assert Drafts("other", "washington", tmp_path).text("talk.all") == ""


def test_sent_and_emptied_drafts_go(tmp_path: Path) -> None:
    drafts = Drafts("game", "washington", tmp_path)
    drafts.put("a", "x")
    drafts.put("b", "y")
    drafts.put("b", "")
    drafts.clear("a", "never there")
    assert len(Drafts("game", "washington", tmp_path)) == 0


def test_only_the_newest_are_kept(tmp_path: Path) -> None:
    drafts = Drafts("game", "washington", tmp_path)
    for number in range(KEPT + 5):
        drafts.put(f"k{number}", "x")
    assert len(drafts) == KEPT
    assert drafts.get("k0") is None
    assert drafts.text(f"k{KEPT + 4}") == "x"


def test_a_damaged_file_keeps_nobody_out(tmp_path: Path) -> None:
    drafts = Drafts("game", "washington", tmp_path)
    drafts.put("a", "x")
    drafts.path.write_text('{"a": "x', encoding="utf-8")
    again = Drafts("game", "washington", tmp_path)
    assert again.text("a") == ""
    again.put("a", "y")
    assert Drafts("game", "washington", tmp_path).text("a") == "y"


def test_a_disk_that_refuses_is_noticed_and_the_draft_stays_in_memory(tmp_path: Path) -> None:
    (tmp_path / "drafts").write_text("a file where the folder belongs", encoding="utf-8")
    drafts = Drafts("game", "washington", tmp_path)
    drafts.put("a", "x")
    assert not drafts.safe
    assert drafts.text("a") == "x"


def test_tokens_are_by_server_and_code_and_only_for_their_owner(tmp_path: Path) -> None:
    Tokens(tmp_path).put("host:1", "ABCD-EFGH", "secret")
    tokens = Tokens(tmp_path)
    assert tokens.get("host:1", "ABCD-EFGH") == "secret"
    assert tokens.get("host:2", "ABCD-EFGH") is None
    assert stat.S_IMODE(tokens.path.stat().st_mode) == 0o600
    tokens.forget("host:1", "ABCD-EFGH")
    assert tokens.get("host:1", "ABCD-EFGH") is None


def test_the_name_given_last_is_kept_beside_the_tokens(tmp_path: Path) -> None:
    tokens = Tokens(tmp_path)
    tokens.put("host:1", "ABCD-EFGH", "secret")
    tokens.keep_name("Ana")
    tokens.keep_name("")
    for number in range(100):
        tokens.put("host:1", f"CODE-{number:04}", "x")
    assert Tokens(tmp_path).name == "Ana"
    assert tokens.get("host:1", "name") is None
