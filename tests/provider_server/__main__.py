"""Runs the provider alone, until interrupted."""

from __future__ import annotations

import argparse
import threading

from provider_server import ProviderServer

parser = argparse.ArgumentParser(prog="provider_server", description=__doc__)
parser.add_argument("--port", type=int, default=4000)
parser.add_argument("--records", type=int, default=25)
arguments = parser.parse_args()
with ProviderServer(arguments.records, arguments.port) as server:
    print(server.url, flush=True)  # noqa: T201 - a program, and its output
    threading.Event().wait()
