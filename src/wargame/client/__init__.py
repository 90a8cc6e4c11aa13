"""The player: a session without a screen, and the screens on it."""
