"""The terminal client: one widget or screen a file, drawn from a `Look`, talking through a `Door`."""
