"""The webhook as a plain handler, with the standard library and boto3."""

import base64
import json
import logging
import re

import lead_store

logger = logging.getLogger("webhook")
logger.setLevel(logging.INFO)

EMAIL = re.compile(r"[^@\s<>]{1,64}@[^@\s<>.]+(\.[^@\s<>.]+)+")
LIMITS = {"webhook_id": 64, "secret_key": 512, "lead_id": 128, "email": 254}


def respond(status_code, **body):
    return {"statusCode": status_code, "headers": {"content-type": "application/json"}, "body": json.dumps(body)}


def problems_in(lead):
    """The names of required fields that are absent or not valid."""
    wrong = [
        name
        for name, limit in LIMITS.items()
        if not isinstance(lead.get(name), str) or not 1 <= len(lead[name]) <= limit
    ]
    if "email" not in wrong and not EMAIL.fullmatch(lead["email"]):
        wrong.append("email")
    wrong += [
        name for name in ("display_name", "status", "occurred_at") if not isinstance(lead.get(name), (str, type(None)))
    ]
    return wrong


def handler(event, context):
    body = event["body"] or ""
    data = base64.b64decode(body) if event.get("isBase64Encoded") else body.encode()
    if len(data) > lead_store.MAX_BYTES:
        return respond(413, error="too large")
    try:
        lead = json.loads(data)
    except ValueError:
        return respond(400, error="not JSON")
    if not isinstance(lead, dict) or (problems := problems_in(lead)):
        return respond(422, errors=problems if isinstance(lead, dict) else ["body"])
    if not lead_store.is_authentic(lead["webhook_id"], lead["secret_key"]):
        return respond(401, error="unknown webhook_id or wrong secret_key")
    correlation_id = event["requestContext"]["requestId"]
    payload = {name: value for name, value in lead.items() if name != "secret_key"}
    status = lead_store.ingest(lead["webhook_id"], lead["lead_id"], lead["email"], payload, correlation_id)
    logger.info("lead %s", status, extra={"lead_id": lead["lead_id"], "correlation_id": correlation_id})
    return respond(
        202 if status == "accepted" else 200, status=status, lead_id=lead["lead_id"], correlation_id=correlation_id
    )
