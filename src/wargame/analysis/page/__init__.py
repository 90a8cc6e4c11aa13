"""What pages of figures are made of: one HTML file that needs nothing else, its tables and its charts."""
