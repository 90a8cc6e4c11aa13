"""Keys cannot be guessed, are not kept, can be revoked, and wrong ones are counted by address while joins are not."""

import re

from wargame_server.access import SYMBOLS, Bucket, Failures, Keys, digest, new_code, new_secret, new_token, tidy_code
from wargame_server.clock import ManualClock


def test_codes_are_of_thirty_symbols_that_are_not_taken_for_each_other() -> None:
    assert len(set(SYMBOLS)) == 30
    assert not set("ILO015") & set(SYMBOLS)
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(re.fullmatch(rf"[{SYMBOLS}]{{4}}-[{SYMBOLS}]{{4}}", code) for code in codes)


def test_a_code_is_known_as_people_type_it() -> None:
    assert tidy_code("kzqm 3wpa") == tidy_code("KZQM3WPA") == tidy_code(" KZQM-3WPA ") == "KZQM-3WPA"


def test_secrets_and_tokens_are_random_and_long() -> None:
    assert len({new_secret() for _ in range(100)}) == 100
    assert len(new_secret()) >= 43  # 256 bits in base 64
    assert len(new_token()) >= 22  # 128 bits


def test_a_key_opens_until_it_is_revoked_and_is_not_kept() -> None:
    keys: Keys[str] = Keys()
    token = new_token()
    keys.put(digest(token), "p1")
    keys.put(digest(new_token()), "p2")
    assert keys.holder(token) == "p1"
    assert keys.holder(token[:-1]) is None
    assert keys.holder("\ud800") is None
    assert token not in repr(keys)
    keys.revoke(digest(token))
    assert keys.holder(token) is None


def test_a_bucket_gives_a_burst_and_then_a_trickle() -> None:
    clock = ManualClock()
    bucket = Bucket(clock, 3, 100)
    assert [bucket.take() for _ in range(4)] == [True, True, True, False]
    clock.advance(100)
    assert [bucket.take() for _ in range(2)] == [True, False]
    clock.advance(10_000)
    assert [bucket.take() for _ in range(4)] == [True, True, True, False]


def test_only_failures_of_the_same_address_block() -> None:
    clock = ManualClock()
    failures = Failures(clock, most=3, every=1_000)
    for _ in range(3):
        assert not failures.blocked("10.0.0.1")
        failures.note("10.0.0.1")
    assert failures.blocked("10.0.0.1")
    assert not failures.blocked("10.0.0.2")
    clock.advance(1_000)
    assert not failures.blocked("10.0.0.1")
