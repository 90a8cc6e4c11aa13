"""What if a choice had been another: the same game replayed with one change, and many games played on from there."""

from wargame.analysis.whatif.page import whatif_part

__all__ = ["whatif_part"]
