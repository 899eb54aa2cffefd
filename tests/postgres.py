"""A private PostgreSQL server for the tests, and an empty or ready-made database for each."""
