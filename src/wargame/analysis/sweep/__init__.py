"""Many games by bots: counted one by one, added up exactly, told as plain data."""
