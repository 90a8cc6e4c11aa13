"""Names of people at a table: clean, and no two that look alike."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from wargame.wire.plain import NAME_LENGTH, clean_name, is_name

# Letters of other scripts (and digits) that are drawn like Latin ones: enough to keep a class from posing as each other.
_LOOKALIKES = str.maketrans("аеорсухіјѕһԁԛԝηαοενκρτυχι01|ⅰⅼ", "aeopcyxijshdqwnaoevkptuxi" + "ollil")


def fitting(name: str, taken: Iterable[str]) -> str | None:
    """The name as the table shows it: cleaned, with a number if another looks the same; None when it is no name."""
    cleaned = clean_name(name)
    if not is_name(cleaned):
        return None
    seen = {skeleton(each) for each in taken}
    if skeleton(cleaned) not in seen:
        return cleaned
    number = 2
    while True:
        ending = f" ({number})"
        numbered = cleaned[: NAME_LENGTH - len(ending)].rstrip() + ending
        if skeleton(numbered) not in seen:
            return numbered
        number += 1


@lru_cache(maxsize=4096)
def skeleton(name: str) -> str:
    """What a name looks like: names with the same skeleton are taken for the same."""
    bare = "".join(each for each in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(each))
    return "".join(bare.translate(_LOOKALIKES).split())
