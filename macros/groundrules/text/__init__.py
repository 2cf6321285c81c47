"""The small languages that people write in, and how a mistake in them is named."""
