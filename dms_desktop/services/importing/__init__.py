"""Import files, step by step: what each row would do, doing it, and undoing all of it."""
