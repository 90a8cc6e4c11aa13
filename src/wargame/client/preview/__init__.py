"""The client in a designer's hands: the screens of players on a game held in this process, that follows every save."""
