"""Every form that a document can take; none of them imports another, except through what they share."""
