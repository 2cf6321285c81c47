"""The changes between two texts, and what there is to decide."""
