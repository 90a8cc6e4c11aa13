"""Computer seats: they see a view and pick an offer."""
