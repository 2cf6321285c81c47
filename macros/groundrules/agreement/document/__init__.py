"""The text of an agreement as it reads: answers, dates and numbers put in."""
