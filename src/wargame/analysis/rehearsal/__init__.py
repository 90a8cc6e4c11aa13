"""How long a class takes: bots that need a person's time, and a scenario fitted to the time there is."""
