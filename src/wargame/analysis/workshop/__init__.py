"""A game in a designer's hands: played, bent, explained, and carried over to a scenario that has changed meanwhile."""
