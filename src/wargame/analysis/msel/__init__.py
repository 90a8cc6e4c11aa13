"""The master scenario events list (MSEL): a scenario's cards as a sheet with the columns of HSEEP, and back."""
