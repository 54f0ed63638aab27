"""Words and their context become dates, and tell what kind of place a name stands for."""
