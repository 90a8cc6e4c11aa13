"""Chunks come back as they were kept; what is damaged is thrown away; the cache is bounded; a full disk is no fault."""

from __future__ import annotations

import os
import zlib
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wargame.analysis.sweep.plan import Chunk
from wargame.analysis.sweep.store import Kept, Store, bound
from wargame.analysis.sweep.tally import Tally

KEPT = Kept(Tally({("games",): [2, 16], ("score", "north"): [0, 1, 1]}), ((10, 620), (455, 1000)))
CHUNK = Chunk(11, 2)


def only(root: Path) -> Path:
    [found] = root.glob("*/*")
    return found


def test_a_chunk_comes_back_as_it_was(tmp_path: Path) -> None:
    store = Store(tmp_path, "sweep")
    assert store.get(CHUNK) is None
    store.put(CHUNK, KEPT.pack())
    assert Store(tmp_path, "sweep").get(CHUNK) == KEPT
    assert Store(tmp_path, "another").get(CHUNK) is None
    assert KEPT.pack() == Kept.unpack(KEPT.pack()).pack()


@given(st.binary(max_size=200))
def test_other_bytes_are_no_chunk(junk: bytes) -> None:
    with pytest.raises(ValueError, match="damaged"):
        Kept.unpack(junk)


@pytest.mark.parametrize("plain", [b"", b"[]", b'{"format": 2}', b'{"format": 1, "tally": []}', b'{"format": 1, "tally": {}}'])
def test_other_content_is_no_chunk(plain: bytes) -> None:
    packed = zlib.compress(plain)
    with pytest.raises(ValueError, match=r"of another format|not a chunk|Expecting"):
        Kept.unpack(sha256(packed).digest() + packed)


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_a_changed_byte_is_noticed(at: int, by: int) -> None:
    packed = bytearray(KEPT.pack())
    packed[at % len(packed)] ^= by
    with pytest.raises(ValueError, match="damaged"):
        Kept.unpack(bytes(packed))


@pytest.mark.parametrize("cut", [0, 10, 40])
def test_a_damaged_file_is_thrown_away_and_noted(tmp_path: Path, cut: int) -> None:
    store = Store(tmp_path, "sweep")
    store.put(CHUNK, KEPT.pack())
    path = only(tmp_path)
    path.write_bytes(KEPT.pack()[:cut])
    assert store.get(CHUNK) is None
    assert store.thrown_away == [path.name]
    assert not path.exists()


def test_a_chunk_of_other_games_is_thrown_away(tmp_path: Path) -> None:
    store = Store(tmp_path, "sweep")
    store.put(Chunk(11, 3), KEPT.pack())
    assert store.get(Chunk(11, 3)) is None
    assert store.thrown_away


def test_a_disk_that_refuses_is_noted_once(tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.write_text("in the way")
    store = Store(place, "sweep")
    store.put(CHUNK, KEPT.pack())
    assert store.refused
    store.put(CHUNK, KEPT.pack())
    assert store.get(CHUNK) is None


def test_nothing_is_kept_without_a_root() -> None:
    store = Store(None, "sweep")
    store.put(CHUNK, KEPT.pack())
    assert store.get(CHUNK) is None
    assert not store.refused
    store.clear()


def test_clearing_forgets_this_sweep_only(tmp_path: Path) -> None:
    one, other = Store(tmp_path, "one"), Store(tmp_path, "other")
    one.put(CHUNK, KEPT.pack())
    other.put(CHUNK, KEPT.pack())
    one.clear()
    assert one.get(CHUNK) is None
    assert other.get(CHUNK) == KEPT


def test_the_longest_unused_sweeps_go_first_and_never_the_spared(tmp_path: Path) -> None:
    size = len(KEPT.pack())
    for age, name in enumerate(("oldest", "old", "new")):
        Store(tmp_path, name).put(CHUNK, KEPT.pack())
        os.utime(tmp_path / name, (1_000_000 + age, 1_000_000 + age))
    bound(tmp_path, frozenset({"oldest"}), most=2 * size)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new", "oldest"]
    bound(tmp_path / "nowhere", frozenset())
