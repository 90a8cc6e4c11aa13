"""The player's side: a session without a screen, and the terminal client on top of it."""
