"""Hooks of schemathesis, which gives its requests what a sender or a reader has: a source, its secret, a signature.

tests/openapi/run.ts sets two environment variables. LEADLINE_ANSWERS is the path of a file, to which a line is written
for each answer. LEADLINE_OPENAPI is a JSON object: `region`, `reader` (a key that may read leads), `origin` (of the web
pages that may send queries) and `sources` (the settings of each source). Without it requests stay as schemathesis makes them, and a further check refuses every 2xx.
"""

import base64
import hashlib
import hmac
import json
import os
import time
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

import schemathesis
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from requests.auth import AuthBase

settings = json.loads(os.environ.get("LEADLINE_OPENAPI", "null"))

# Ids of leads that the run has stored, so that queries find some.
stored = []


def chosen(values, by):
    """One of the values, the same in each run. The `repr` of a missing body has an address in it, so it is left out."""
    text = repr(by) if isinstance(by, (dict, list, str, bytes, int, float, type(None))) else ""
    return values[int(hashlib.sha256(text.encode("utf8", "replace")).hexdigest(), 16) % len(values)]


def body_of(request):
    return request.body.encode() if isinstance(request.body, str) else request.body or b""


def prove(headers, auth, body):
    """Adds what a source's scheme asks for."""
    secret = auth["secrets"][0]
    if auth["scheme"] == "basic":
        headers["Authorization"] = "Basic " + base64.b64encode(f"{auth['user']}:{secret}".encode()).decode()
    elif auth["scheme"] == "hmac":
        now = str(int(time.time()))
        signed = now.encode() + b"." + body
        headers[auth["timestamp_header"]] = now
        headers[auth["header"]] = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    else:
        headers[auth.get("header", "X-Webhook-Secret")] = secret


class Reader(AuthBase):
    """Signs a query with SigV4. A plus sign in a query means a space to some signers, so that there is none."""

    def __call__(self, request):
        address, _, query = request.url.partition("?")
        request.url = f"{address}?{query.replace('+', '%20')}" if query else address
        key = settings["reader"]
        signed = AWSRequest(method=request.method, url=request.url, data=body_of(request), headers={})
        credentials = Credentials(key["accessKeyId"], key["secretAccessKey"])
        SigV4Auth(credentials, "execute-api", settings["region"]).add_auth(signed)
        request.headers.update(dict(signed.headers))
        return request


class Sender(AuthBase):
    """Proves to be the source of the path, of the body, or of the route."""

    def __call__(self, request):
        path = urlsplit(request.url).path
        route = "ingest" if path.endswith("/ingest") else "crm"
        source = unquote(path.rsplit("/webhook/", 1)[1]) if "/webhook/" in path else route
        prove(request.headers, settings["sources"][source]["auth"], body_of(request))
        return request


class Provider(AuthBase):
    """Adds the token with which a provider verifies the URL of its webhook."""

    def __call__(self, request):
        address, _, query = request.url.partition("?")
        pairs = [pair for pair in parse_qsl(query, keep_blank_values=True) if pair[0] != "hub.verify_token"]
        token = settings["sources"]["verified"]["auth"]["verify_token"]
        request.url = f"{address}?{urlencode([*pairs, ('hub.verify_token', token)])}"
        return request


def fitting(case):
    """The sources that read a body of this content type, and one that does not."""
    if isinstance(case.body, dict) and "leads" in case.body:
        return ["batch"]
    match case.media_type:
        case "application/x-www-form-urlencoded":
            return ["form", "form", "crm"]
        case "text/plain":
            return ["strict", "verified", "crm"]
        case _:
            return sorted(settings["sources"])


def source_of(case):
    """The source that `before_call` has chosen."""
    return case.path_parameters["source"]


@schemathesis.hook
def after_call(context, case, response):
    """Notes an answer, with what became of each lead, and keeps the ids of the leads."""
    results = []
    if case.method == "POST" and response.status_code in (200, 202):
        answer = response.json()
        results = answer.get("results", [answer])
        stored.extend(result["lead_id"] for result in results if "lead_id" in result)
    became = " and ".join(result["status"] for result in results)
    line = f"{case.operation.label} {response.status_code} {became}".rstrip()
    if settings is not None and case.operation.path == "/webhook/{source}":
        line += f" ({source_of(case)})"
    with open(os.environ["LEADLINE_ANSWERS"], "a", encoding="utf8") as file:
        file.write(line + "\n")


if settings is not None:
    schemathesis.auth.set_from_requests(Reader()).apply_to(method="GET", path_regex="^/leads")
    schemathesis.auth.set_from_requests(Sender()).apply_to(method="POST")
    schemathesis.auth.set_from_requests(Provider()).apply_to(method="GET", path_regex="^/webhook/")

    @schemathesis.check
    def authentic_with_credentials(ctx, response, case):
        """A request that proves to be a source gets no 401."""
        if case.method == "POST" and case.operation.path == "/webhook/{source}":
            assert response.status_code != 401, f"401 for source {source_of(case)}"

    @schemathesis.hook
    def before_call(context, case, kwargs):
        """Names a source that exists, and leaves the secret to the headers. Makes queries that can find a lead."""
        path = case.operation.path
        if case.method == "OPTIONS":
            # Some preflights come from a page that may not send queries.
            origins = [settings["origin"], "https://elsewhere.example"]
            case.headers["Origin"] = chosen(origins, case.headers.get("Origin"))
        elif path == "/webhook/{source}":
            sources = ["verified"] if case.method == "GET" else fitting(case)
            case.path_parameters["source"] = chosen(sources, case.body)
        elif path == "/webhook" and isinstance(case.body, dict) and "webhook_id" in case.body:
            case.body["webhook_id"] = "crm"
        elif path == "/leads" and isinstance(case.query, dict):
            for name in [name for name in ("email", "owner", "status") if name in case.query][1:]:
                del case.query[name]
        elif path == "/leads/{lead_id}" and stored and chosen([True, False], case.path_parameters):
            case.path_parameters["lead_id"] = chosen(stored, case.path_parameters)
        if case.method == "POST" and isinstance(case.body, dict):
            case.body.pop("secret_key", None)

else:

    @schemathesis.check
    def refused_without_credentials(ctx, response, case):
        """A request without valid credentials gets no 2xx. A preflight never has credentials."""
        assert case.method == "OPTIONS" or not 200 <= response.status_code < 300, f"{response.status_code} without valid credentials"
