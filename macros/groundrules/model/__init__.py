"""What a toolkit is made of: the front matter of its files, and what they hold."""
