"""The debrief of one game: what happened, who knew it, why it was done and what followed, as one page."""
