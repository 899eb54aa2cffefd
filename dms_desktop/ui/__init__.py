"""What the clerk sees and types into: Qt lives here and nowhere else."""
