"""Paper: a posted document becomes the bytes of a PDF; nothing here reads the books."""
