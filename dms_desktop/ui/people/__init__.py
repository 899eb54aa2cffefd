"""Who stands at the counter: logging in, locking, PINs."""
