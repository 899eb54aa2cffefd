"""The counter: one screen for the whole bill."""
