"""What has changed between two texts, and what there is to decide."""
