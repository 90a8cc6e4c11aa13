"""The pages of a game, one a tab."""
