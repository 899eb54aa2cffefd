"""Programs that `python3 dev.py check` runs beside the linters."""
