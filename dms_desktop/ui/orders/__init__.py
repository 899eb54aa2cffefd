"""Orders, estimates and challans that wait: held, shared, billed."""
