"""What a host answers, by the role of the question; each class lists its questions in `answers`."""
