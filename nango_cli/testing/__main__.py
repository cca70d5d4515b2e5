"""pytest, as `nango test` starts it: an interruption while it is loaded ends it without a word."""

from __future__ import annotations

import signal
import sys

INTERRUPTED_STATUS = 130


def main() -> int:
    try:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])
        import pytest

        return pytest.main(sys.argv[1:])
    except KeyboardInterrupt:
        return INTERRUPTED_STATUS


if __name__ == "__main__":
    sys.exit(main())
