"""Where games are kept: the contract, and its adapters."""
