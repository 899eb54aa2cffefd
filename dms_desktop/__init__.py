"""The back office of a distributor of consumer goods."""

__version__ = "0.1.0"
