"""The condition and effect language: parse, check, compile."""
