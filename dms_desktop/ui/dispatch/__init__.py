"""Goods on the road: trips, what became of each bill, the money, and the stage board."""
