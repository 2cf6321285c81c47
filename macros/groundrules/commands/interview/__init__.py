"""The interview: one question after the other, each answer on disk before the next."""
