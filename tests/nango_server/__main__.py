"""Runs the server with a provider behind it, until interrupted; `--log` appends each request as a line of JSON.

It prints its address and the secret key.
"""

from __future__ import annotations

import argparse
import json
import threading
from pathlib import Path

from provider_server import Asked, ProviderServer

from nango_server import LACKS_0_60, LACKS_0_71, NangoServer

parser = argparse.ArgumentParser(prog="nango_server", description=__doc__)
parser.add_argument("--port", type=int, default=3003)
parser.add_argument("--records", type=int, default=25, help="how many items the provider has")
parser.add_argument("--age", choices=("0.60", "0.71", "both"), default="both", help="whose paths to know")
parser.add_argument("--provider", help="the base URL of another provider")
parser.add_argument("--log", type=Path)
arguments = parser.parse_args()
lacks = {"0.60": LACKS_0_60, "0.71": LACKS_0_71, "both": ()}[arguments.age]


def log(asked: Asked) -> None:
    with arguments.log.open("a", encoding="utf-8") as file:
        file.write(json.dumps(asked.as_json()) + "\n")


with (
    ProviderServer(arguments.records) as provider,
    NangoServer(arguments.provider or provider.url, lacks=lacks, port=arguments.port) as server,
):
    if arguments.log:
        server.listeners.append(log)
    print(server.url, server.key, flush=True)  # noqa: T201 - a program, and its output
    threading.Event().wait()
