"""Transfers, adjustments and counts: large, few-worded, by scan."""
