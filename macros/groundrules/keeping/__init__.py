"""What partners do with an agreement once it is written: sign it, compare it, keep it up to date, review it."""
