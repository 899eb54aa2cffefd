"""The parts that screens are made of, so that they look alike and obey the same keys."""
