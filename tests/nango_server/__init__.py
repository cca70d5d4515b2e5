"""A server on the loopback that speaks Nango's HTTP API, as far as scripts and dry runs use it.

    with ProviderServer() as provider, NangoServer(provider.url) as server:
        server.url, server.key      # what NANGO_HOSTPORT and NANGO_SECRET_KEY want
        server.requests             # what was asked, in order
        server.faults["/connection/"] = Answer(500, {"error": {"code": "server_error"}})

A fault is an `Answer` given instead to every request whose path begins with its key: HTML, a delay, half a body.
`lacks` are beginnings of paths that the server does not know, for servers of other ages: `LACKS_0_60`, `LACKS_0_71`.
"""

from __future__ import annotations

from nango_server.data import KEY, connection, integration
from nango_server.server import LACKS_0_60, LACKS_0_71, NangoServer

__all__ = ["KEY", "LACKS_0_60", "LACKS_0_71", "NangoServer", "connection", "integration"]
