"""Where connections live and records go."""

import sys

# httpx imports its own command line too, and with that rich and pygments where they are installed, which is most of the
# time that it takes. None lets that import fail, as it does where they are not, and httpx goes on without.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]  # what the import system's manual describes
