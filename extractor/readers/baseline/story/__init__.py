"""The story: what the sentences tell becomes incidents, and each of its figures one claim."""
