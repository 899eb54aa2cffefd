"""The owner's registers: every master is listed, shown, added, changed and remembered alike."""
