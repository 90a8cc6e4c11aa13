"""The page of what many games by bots came to: `wargame report balance`."""
