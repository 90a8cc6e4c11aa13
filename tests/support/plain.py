"""A YAML file as plain values, read as strictly as a scenario is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from wargame.scenario.node import Map, Node, Scalar, Seq
from wargame.scenario.problem import Report
from wargame.scenario.scalars import as_bool, as_int, as_text
from wargame.scenario.strict_yaml import parse


def plain_file(path: Path) -> Any:
    """What a file holds."""
    return plain_text(path.read_text(encoding="utf-8"))


def plain_text(text: str) -> Any:
    """What a text holds; it must be in order."""
    report = Report()
    parsed = parse(text.encode(), "text.yaml", report)
    assert parsed is not None, report.sorted()
    assert parsed.root is not None, report.sorted()
    return plain(parsed.root)


def plain(node: Node) -> Any:
    """Maps, lists, texts, numbers, truth values and None."""
    if isinstance(node, Map):
        return {key.text: plain(value) for key, value in node}
    if isinstance(node, Seq):
        return [plain(item) for item in node.items]
    return _leaf(node)


def _leaf(scalar: Scalar) -> Any:
    for read in (as_int, as_bool, as_text):
        value = read(scalar)
        if value is not None:
            return value
    return None if not scalar.text or scalar.text.lower() in {"null", "~"} else float(scalar.text)
