"""How a connection comes to credentials, and keeps them fresh. OAuth itself is Authlib's, imported where it is needed.

| module | answers |
| --- | --- |
| `needs` | what has to be asked for before a connection can be made |
| `connect` | how a user allows it, in a browser |
| `grant` | where new credentials come from, by auth mode |
| `refresh` | when they are needed, and that they are fetched once |
| `verify` | whether credentials are any good |
"""
