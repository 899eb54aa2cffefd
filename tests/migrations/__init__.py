"""Tests of the schema and of each revision that brought it about."""
