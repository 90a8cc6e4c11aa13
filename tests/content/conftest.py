"""Lets tests import the yardstick, which lies beside the benchmarks and not in the package."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2] / "benchmarks"))
