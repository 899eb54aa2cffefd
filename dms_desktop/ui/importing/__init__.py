"""Files brought in: chosen, understood, tried, brought in by steps, and taken back."""
