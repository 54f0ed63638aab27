"""A job spread over many processes, of which any may die: what they share and leave behind."""
