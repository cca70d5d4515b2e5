"""Where connections live and records go."""
