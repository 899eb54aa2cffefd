"""Goods fetched from the racks: lists, and the one that is worked on."""
