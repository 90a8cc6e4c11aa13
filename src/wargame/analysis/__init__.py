"""Playing many games, and looking at what came of it."""
