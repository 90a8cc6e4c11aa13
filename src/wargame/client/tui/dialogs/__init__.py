"""Questions put over a screen."""
