"""What the program does with the books: verbs take an open transaction, nouns take a reading."""
