"""What is kept: the books, and what is derived from them."""
