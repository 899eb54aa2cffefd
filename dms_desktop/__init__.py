"""The back office of a distributor of consumer goods."""
