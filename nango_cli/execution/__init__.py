"""Running one script once, in whichever environment."""
