"""How the program speaks: figures, amounts in words and sentences, in the language of the user."""
