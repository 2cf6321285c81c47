"""Who signed which words: fingerprints, kept versions, rounds and names."""
