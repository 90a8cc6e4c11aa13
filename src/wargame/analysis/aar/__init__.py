"""The after-action report and improvement plan of HSEEP, filled with the evidence of a game, to be finished by hand."""
