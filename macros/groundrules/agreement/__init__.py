"""All that can be said of one agreement; pure: no disk, no clock, no site."""
