"""Small HTTP servers that answer like APIs of providers, for demos, tests and first steps offline."""
