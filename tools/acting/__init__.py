"""A class that is acted out: who is in it, what its students do, and a facilitator who follows a script."""
