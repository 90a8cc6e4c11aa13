"""The `wargame` command, one module a subcommand."""
