"""The scenario: YAML in, a checked model out, every problem at once."""
