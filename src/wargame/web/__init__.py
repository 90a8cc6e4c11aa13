"""The player's client in a browser: a small server, and one process a player that draws its screens on a page."""
