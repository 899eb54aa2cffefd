"""Tests of DMS Desktop: they use real files, a real database and a real window."""
