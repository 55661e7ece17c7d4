"""Refuses requests that a web page sends to MiniStack.

A browser sends many requests of any page to 127.0.0.1 without asking the user. Every page can post forms and
text/plain to a local port. A page whose host name resolves to 127.0.0.1 (DNS rebinding) can also read the answers. The
gate is in front of every service and of MiniStack's own pages.
"""

import ipaddress
import json
import re

# A host name, an IPv4 address or an IPv6 address in brackets, and an optional port.
HOST = re.compile(r"(?:\[([0-9a-f:.]+)\]|([0-9a-z.-]+))(?::[0-9]{1,5})?")

# MiniStack accepts these without a signature. They delete all data or change its configuration.
CONTROLS = ("/_ministack/reset", "/_ministack/config")


def is_loopback(host):
    """Whether a Host header names this machine. RFC 6761 reserves names under .localhost for it."""
    matched = HOST.fullmatch(host)
    if matched is None:
        return False
    name = matched[1] or matched[2]
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def reason_to_refuse(path, headers):
    """Returns the reason to refuse a request, or None.

    headers: pairs of lower-case names and values, both bytes, as in an ASGI scope.
    """

    def values(name):
        return [value.decode("latin-1").strip().lower() for key, value in headers if key == name]

    hosts = values(b"host")
    if len(hosts) != 1 or not is_loopback(hosts[0]):
        return "its Host header does not name this machine"
    if any(origin not in (f"http://{hosts[0]}", f"https://{hosts[0]}") for origin in values(b"origin")):
        return "a page of another origin sent it"
    # A browser sends this header with every request to this machine. "none" means that the user typed the address.
    if any(site not in ("same-origin", "none") for site in values(b"sec-fetch-site")):
        return "a page of another site sent it"
    if path in CONTROLS:
        return "it controls the cloud itself"
    return None


async def _refuse(scope, send, reason):
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    body = json.dumps({"message": f"The local cloud refused this request: {reason}."}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def gated(app):
    """The ASGI application behind the gate."""

    async def gate(scope, receive, send):
        if scope["type"] in ("http", "websocket"):
            reason = reason_to_refuse(scope["path"], scope["headers"])
            if reason is not None:
                await _refuse(scope, send, reason)
                return
        await app(scope, receive, send)

    return gate
