"""From disk to the model and back: reading a toolkit, and changing single files."""
