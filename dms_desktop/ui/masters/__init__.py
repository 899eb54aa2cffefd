"""The owner's masters: a list and a form for each kind, declared and not written."""
