"""Reading the small YAML files that lie beside a scenario, with every problem in its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from attrs import frozen

from wargame.scenario.node import Map, Node, Scalar
from wargame.scenario.problem import Report, suggest
from wargame.scenario.scalars import described, shown, width


@frozen
class SideFile:
    """What reads such a file. What is wrong goes to the report and is left out."""

    report: Report

    def entries(self, node: Node, readers: Mapping[str, Callable[[Node], Any]]) -> dict[str, Any]:
        """The entries of a map of known keys, those that could be read."""
        found = {}
        for key, value in self.map(node):
            read = readers.get(key.text)
            if read is None:
                hint = suggest(key.text, readers) or f"known are {', '.join(readers)}"
                self.report.error(key.mark, "unknown_key", f"There is no key {shown(key.text)} here.", hint, width(key))
                continue
            made = read(value)
            if made is not None:
                found[key.text] = made
        return found

    def map(self, node: Node) -> Sequence[tuple[Scalar, Node]]:
        """The entries of a map; none where it is something else."""
        if isinstance(node, Map):
            return node.entries
        self.unfit(node, "a map")
        return ()

    def unfit(self, node: Node, wanted: str) -> None:
        """Reports that something else stands there than is wanted."""
        self.report.error(node.mark, "wrong_type", f"Here stands {described(node)}; it needs {wanted}.", "", width(node))
