"""The model of a toolkit: the front matter of its files, and what they hold."""
