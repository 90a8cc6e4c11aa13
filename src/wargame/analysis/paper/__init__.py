"""A scenario on paper: rules, packets for the seats, cards to cut out, sheets for the white cell, for when the network dies."""
