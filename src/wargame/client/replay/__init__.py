"""The client on a game that is on record: any seat's screens at any moment, to look at only."""
