"""The servers and peers of the server's own tests."""

from __future__ import annotations

from tests.server.conftest import bench

__all__ = ["bench"]
