"""The settings: the company, printers, options of the books, this PC, PINs."""
