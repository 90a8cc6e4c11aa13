"""Finished chunks on disk: a sweep that was stopped goes on from them.

A file holds one chunk: the SHA-256 of what follows (32 bytes), then compressed JSON. What does not match is thrown away. Files
are written beside and moved into place, so a half-written one is never met. `Kept` is what a chunk came to.
"""

from __future__ import annotations

import json
import os
import shutil
import zlib
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from attrs import define, field, frozen

from wargame.analysis.sweep.plan import Chunk
from wargame.analysis.sweep.tally import Tally

FORMAT = 1
MOST_BYTES = 512 * 1024 * 1024  # of all sweeps together in the cache
MOST_CHUNK = 64 * 1024 * 1024  # unpacked: more is not what we wrote
_DIGEST = 32


@frozen
class Kept:
    """What a chunk came to: its tally, and by game the scores in tenths."""

    tally: Tally
    scores: tuple[tuple[int, ...], ...]

    def pack(self) -> bytes:
        """As bytes; the same content gives the same bytes."""
        plain = {"format": FORMAT, "tally": self.tally.plain(), "scores": self.scores}
        packed = zlib.compress(json.dumps(plain, separators=(",", ":")).encode(), 6)
        return sha256(packed).digest() + packed

    @classmethod
    def unpack(cls, packed: bytes) -> Kept:
        """From bytes. Raises ValueError for anything that `pack` did not make."""
        if sha256(packed[_DIGEST:]).digest() != packed[:_DIGEST]:
            raise ValueError("damaged")
        try:
            opened = zlib.decompressobj()
            plain = json.loads(opened.decompress(packed[_DIGEST:], MOST_CHUNK))
            if plain["format"] != FORMAT:
                raise ValueError("of another format")
            return cls(Tally.of(plain["tally"]), tuple(tuple(game) for game in plain["scores"]))
        except (zlib.error, KeyError, TypeError, AttributeError) as wrong:
            raise ValueError("not a chunk") from wrong


@define
class Store:
    """The chunks of one sweep in a folder of its own below `root`; None: nothing is kept."""

    root: Path | None
    name: str
    refused: str = field(default="", init=False)  # why the disk does not take chunks, in words
    thrown_away: list[str] = field(factory=list, init=False)  # files that were damaged

    def get(self, chunk: Chunk) -> Kept | None:
        """The chunk if it was finished before; a damaged file is removed and noted in `thrown_away`."""
        if self.root is None:
            return None
        path = self._path(chunk)
        if not path.is_file():  # a device would be read without end
            return None
        try:
            kept = Kept.unpack(path.read_bytes())
            if len(kept.scores) != chunk.games:
                raise ValueError("of other games")
        except OSError:
            return None
        except ValueError:
            with suppress(OSError):
                path.unlink()
            self.thrown_away.append(path.name)
            return None
        return kept

    def put(self, chunk: Chunk, packed: bytes) -> None:
        """Keeps a chunk. A disk that refuses is noted once in `refused` and not asked again."""
        if self.root is None or self.refused:
            return
        path = self._path(chunk)
        half = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with half.open("wb") as file:
                file.write(packed)
            half.replace(path)
        except OSError as error:
            self.refused = error.strerror or "unknown reason"
            with suppress(OSError):
                half.unlink()

    def clear(self) -> None:
        """Forgets this sweep."""
        if self.root is not None:
            shutil.rmtree(self.root / self.name, ignore_errors=True)

    def _path(self, chunk: Chunk) -> Path:
        assert self.root is not None
        return self.root / self.name / f"{chunk.first}-{chunk.games}.chunk"


def cache_folder() -> Path:
    """Where chunks are kept unless another folder is named; `WARGAME_CACHE` names another for good."""
    chosen = os.environ.get("WARGAME_CACHE")
    if chosen:
        return Path(chosen) / "simulate"
    from platformdirs import user_cache_path

    return user_cache_path("wargame", appauthor=False) / "simulate"


def bound(root: Path, spare: frozenset[str], most: int = MOST_BYTES) -> None:
    """Deletes sweeps, the longest unused first, until `most` bytes are left; never those named in `spare`."""
    sweeps = []
    with suppress(OSError):
        for folder in root.iterdir():
            with suppress(OSError):
                sizes = [file.stat().st_size for file in folder.iterdir()]
                sweeps.append((folder.stat().st_mtime, folder.name, sum(sizes)))
    total = sum(size for _, _, size in sweeps)
    for _, name, size in sorted(sweeps):
        if total <= most:
            break
        if name not in spare:
            shutil.rmtree(root / name, ignore_errors=True)
            total -= size
