"""Words and their context become dates, places and actors."""
