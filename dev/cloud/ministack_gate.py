"""Refuses requests that a web page sends to MiniStack.

A browser sends many requests of any page to 127.0.0.1 without asking the user. Every page can post forms and
text/plain to a local port. A page whose host name resolves to 127.0.0.1 (DNS rebinding) can also read the answers. The
gate is in front of every service and of MiniStack's own pages.

A page of the origin that a deployed function allows (parameter CorsAllowedOrigin of the template) may send queries for
leads, which need a signature, and nothing else.
"""

import ipaddress
import json
import re
import sys

# A host name, an IPv4 address or an IPv6 address in brackets, and an optional port.
HOST = re.compile(r"(?:\[([0-9a-f:.]+)\]|([0-9a-z.-]+))(?::[0-9]{1,5})?")

# MiniStack accepts these without a signature. They delete all data or change its configuration.
CONTROLS = ("/_ministack/reset", "/_ministack/config")

# The routes of QueryFunction, in any stage of any API.
QUERY = re.compile(r"/_aws/execute-api/[^/]+/[^/]+/leads(?:/[^/]+)?")


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


def allowed_origins():
    """The origins in CORS_ALLOWED_ORIGIN of the functions that are deployed now, in all accounts and regions."""
    # MiniStack imports the service when it is first called.
    functions = getattr(sys.modules.get("ministack.services.lambda_svc"), "_functions", None)
    if functions is None:
        return set()
    environments = [record["config"].get("Environment") or {} for record in list(functions._data.values())]
    return {environment.get("Variables", {}).get("CORS_ALLOWED_ORIGIN", "") for environment in environments} - {""}


def is_allowed_query(method, path, origins):
    """Whether a page of an allowed origin sent a query, or asks with a preflight whether it may."""
    if method not in ("GET", "OPTIONS") or QUERY.fullmatch(path) is None or len(origins) != 1:
        return False
    return origins[0] in allowed_origins()


def reason_to_refuse(method, path, headers):
    """Returns the reason to refuse a request, or None.

    headers: pairs of lower-case names and values, both bytes, as in an ASGI scope.
    """

    def values(name):
        return [value.decode("latin-1").strip().lower() for key, value in headers if key == name]

    hosts = values(b"host")
    if len(hosts) != 1 or not is_loopback(hosts[0]):
        return "its Host header does not name this machine"
    if path in CONTROLS:
        return "it controls the cloud itself"
    origins = values(b"origin")
    if is_allowed_query(method, path, origins):
        return None
    if any(origin not in (f"http://{hosts[0]}", f"https://{hosts[0]}") for origin in origins):
        return "a page of another origin sent it"
    # A browser sends this header with every request to this machine. "none" means that the user typed the address.
    if any(site not in ("same-origin", "none") for site in values(b"sec-fetch-site")):
        return "a page of another site sent it"
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
            reason = reason_to_refuse(scope.get("method", ""), scope["path"], scope["headers"])
            if reason is not None:
                await _refuse(scope, send, reason)
                return
        await app(scope, receive, send)

    return gate
