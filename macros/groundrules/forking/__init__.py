"""What partners do at the terminal: fork a template, answer its questions, take the result away."""
