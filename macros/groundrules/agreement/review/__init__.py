"""The days that an agreement promises, and what became of them."""
