"""For all tests: a property says what holds, never how fast (benchmarks do that)."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile("wargame", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("wargame")
