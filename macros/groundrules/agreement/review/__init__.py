"""What an agreement promises for the days to come, and what became of it."""
