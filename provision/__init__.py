"""Sets up what a machine lacks for the project, with the standard library only."""
