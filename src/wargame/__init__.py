"""A multiplayer crisis-simulation engine."""

__version__ = "0.1.0"
