"""Scalars read strictly: what a YAML 1.2 leaf is, and the words for what stands where something else was wanted."""

from __future__ import annotations

import re
import unicodedata

from wargame.scenario.node import Map, Node, Scalar, Seq

MOST_SHOWN = 40  # characters of a designer's text that a message repeats
MOST_DIGITS = 9

NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
_INT = re.compile(r"[-+]?[0-9]+\Z|0o[0-7]+\Z|0x[0-9a-fA-F]+\Z")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z|[-+]?\.(inf|Inf|INF)\Z|\.(nan|NaN|NAN)\Z")
_NULL = re.compile(r"(null|Null|NULL|~|)\Z")
_SPAN = re.compile(r"(-?[0-9]{1,9})(?:\s*-\s*(-?[0-9]{1,9}))?\Z")

# What YAML 1.1 took for a boolean, and what to write instead.
_HABITS = {
    "yes": "true",
    "on": "true",
    "y": "true",
    "no": "false",
    "off": "false",
    "n": "false",
    "true": "true",
    "false": "false",
}


def printable(text: str) -> str:
    """The text without anything that could move a cursor or turn the writing direction: such characters become `�`."""
    return "".join("�" if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"} else c for c in text)


def shown(text: str) -> str:
    """A designer's text for a message: one line, printable, shortened, in backticks."""
    line = printable(" ".join(text.split()))
    return f"`{line if len(line) <= MOST_SHOWN else line[: MOST_SHOWN - 1] + '…'}`"


def is_empty(node: Node) -> bool:
    """Whether nothing was written (`key:` and no value)."""
    return isinstance(node, Scalar) and not node.quoted and node.text == ""


def as_int(scalar: Scalar) -> int | None:
    """The whole number that a plain scalar is, or None. Decimal, `0o` and `0x`; at most nine digits."""
    if scalar.quoted or not _INT.match(scalar.text) or len(scalar.text) > MOST_DIGITS + 2:
        return None
    if scalar.text.startswith(("0o", "0x")):
        return int(scalar.text, 0)
    return int(scalar.text)


def as_bool(scalar: Scalar) -> bool | None:
    """True or False for a plain `true` or `false`, else None."""
    if scalar.quoted:
        return None
    return {"true": True, "false": False}.get(scalar.text)


def as_text(scalar: Scalar) -> str | None:
    """The text that a scalar is, or None where YAML 1.2 reads a number, a truth value or null."""
    if scalar.quoted:
        return scalar.text
    if scalar.text in {"true", "false"} or _INT.match(scalar.text) or _FLOAT.match(scalar.text) or _NULL.match(scalar.text):
        return None
    return scalar.text


def as_span(scalar: Scalar) -> tuple[int, int] | None:
    """The two ends of `3-7` or `5`, quoted or not; None where it is neither."""
    match = _SPAN.match(scalar.text)
    if match is None:
        return None
    lo = int(match.group(1))
    return lo, lo if match.group(2) is None else int(match.group(2))


def described(node: Node) -> str:
    """What stands there, for a sentence: "the text `abc`", "the whole number `3`", "a list", "nothing"."""
    if isinstance(node, Map):
        return "a map"
    if isinstance(node, Seq):
        return "a list"
    if is_empty(node):
        return "nothing"
    if as_text(node) is not None:
        return f"the text {shown(node.text)}"
    if _INT.match(node.text):
        return f"the whole number {shown(node.text)}"
    return f"the number {shown(node.text)}" if _FLOAT.match(node.text) else shown(node.text)


def bool_hint(node: Node) -> str:
    """A hint for those who write `yes` or `True`, else empty."""
    if isinstance(node, Scalar) and node.text.lower() in _HABITS:
        return f"write `{_HABITS[node.text.lower()]}`{' without quotes' if node.quoted else ''}"
    return ""


def width(node: Node) -> int:
    """How many columns to underline for a node."""
    if isinstance(node, Scalar) and node.inline:
        return max(1, len(node.text))
    return 1


def name_hint(written: str) -> str:
    """How to spell a name, and what this one might become."""
    plain = unicodedata.normalize("NFKD", written).encode("ascii", "ignore").decode()
    tame = re.sub(r"[^a-z0-9]+", "_", plain.lower()).strip("_")
    rule = "small letters, digits and `_`, beginning with a letter"
    return f"{rule}: `{tame}`" if NAME.match(tame) and len(tame) <= 40 else rule
