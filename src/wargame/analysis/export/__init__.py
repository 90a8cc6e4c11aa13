"""A game as tables: one row a thing that happened, every column explained, safe to open in a spreadsheet."""
