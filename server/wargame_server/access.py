"""Keys and who holds them: facilitator secrets, join codes, seat tokens, and what too many wrong ones lead to.

Secrets and tokens are kept as SHA-256 only (they are random, so nothing slower is needed) and compared in constant time.
"""

from __future__ import annotations

import hmac
import secrets
from collections import OrderedDict
from hashlib import sha256
from typing import Generic, TypeVar

from attrs import define, field

from wargame_server.clock import Clock

# 30 symbols: no I, L, O, 0, 1, and no 5 beside S.
SYMBOLS = "ABCDEFGHJKMNPQRSTUVWXYZ2346789"
CODE_LENGTH = 8
ADDRESSES = 10_000  # how many addresses' failures are remembered

T = TypeVar("T")


def new_code() -> str:
    """A join code, `XXXX-XXXX`: easy to read out, not a secret."""
    letters = "".join(secrets.choice(SYMBOLS) for _ in range(CODE_LENGTH))
    return f"{letters[:4]}-{letters[4:]}"


def tidy_code(text: str) -> str:
    """A code as people type it (`abcd efgh`) in its one spelling."""
    letters = "".join(each for each in text.upper() if each in SYMBOLS)
    return f"{letters[:4]}-{letters[4:]}"


def new_token() -> str:
    """A seat token: 128 random bits as text."""
    return secrets.token_urlsafe(16)


def new_secret() -> str:
    """A facilitator secret: 256 random bits as text."""
    return secrets.token_urlsafe(32)


def digest(key: str) -> bytes:
    """What is kept of a secret or token."""
    return sha256(key.encode("utf-8", "surrogatepass")).digest()


@define
class Keys(Generic[T]):
    """Who holds which key, by digest."""

    _holders: dict[bytes, T] = field(factory=dict)

    def put(self, kept: bytes, holder: T) -> None:
        """Lets a key in."""
        self._holders[kept] = holder

    def revoke(self, kept: bytes) -> None:
        """Lets it in no more."""
        self._holders.pop(kept, None)

    def holder(self, key: str) -> T | None:
        """Whose key this is, or None."""
        wanted = digest(key)
        # A digest tells nothing about how near a guess was, and still every stored one is compared to its end.
        found: T | None = None
        for kept, holder in self._holders.items():
            if hmac.compare_digest(kept, wanted):
                found = holder
        return found


@define
class Bucket:
    """A token bucket: `most` at once, one more every `every` ms."""

    clock: Clock
    most: int
    every: int
    _left: float = field(init=False)
    _at: int = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._left = self.most
        self._at = self.clock.now()

    def _fill(self) -> None:
        now = self.clock.now()
        self._left = min(self.most, self._left + max(0, now - self._at) / self.every)
        self._at = now

    def take(self) -> bool:
        """Takes one; False when there is none."""
        self._fill()
        if self._left < 1:
            return False
        self._left -= 1
        return True

    def empty(self) -> bool:
        """Whether there is none to take."""
        self._fill()
        return self._left < 1


@define
class Failures:
    """Wrong keys by address. Joins are not counted: a whole class may share one address."""

    clock: Clock
    most: int = 20
    every: int = 3_000
    _buckets: OrderedDict[str, Bucket] = field(factory=OrderedDict)

    def note(self, address: str) -> None:
        """One more wrong key from this address."""
        bucket = self._buckets.pop(address, None) or Bucket(self.clock, self.most, self.every)
        bucket.take()
        self._buckets[address] = bucket
        while len(self._buckets) > ADDRESSES:
            self._buckets.popitem(last=False)

    def blocked(self, address: str) -> bool:
        """Whether codes and secrets from there are not even looked at now."""
        bucket = self._buckets.get(address)
        return bucket is not None and bucket.empty()
