"""What both peers do with a lead: the AWS calls of IngestionFunction, with boto3."""

import hashlib
import hmac
import json
import os
import time
import uuid
from datetime import datetime, timezone
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

config = Config(connect_timeout=1, read_timeout=4, retries={"max_attempts": 3, "mode": "standard"})

secrets = boto3.client("secretsmanager", config=config)
dynamodb = boto3.client("dynamodb", config=config)
s3 = boto3.client("s3", config=config)
sqs = boto3.client("sqs", config=config)

TABLE_NAME = os.environ["TABLE_NAME"]
RAW_BUCKET = os.environ["RAW_BUCKET"]
DELAY_QUEUE_URL = os.environ["DELAY_QUEUE_URL"]
SOURCES_SECRET_NAME = os.environ["SOURCES_SECRET_NAME"]
DELAY_SECONDS = int(os.environ["ENRICHMENT_DELAY_SECONDS"])
RETENTION_SECONDS = int(os.environ["EVENT_RETENTION_DAYS"]) * 86_400
MAX_BYTES = 256 * 1024

_sources: dict[str, Any] | None = None


def read_sources() -> dict[str, Any]:
    """Reads the sources secret once in a container."""
    global _sources
    if _sources is None:
        answer = secrets.get_secret_value(SecretId=SOURCES_SECRET_NAME)
        _sources = json.loads(answer["SecretString"])
    return _sources


def is_authentic(source_id: str, secret: str) -> bool:
    source = read_sources().get(source_id)
    if source is None:
        return False
    return any(hmac.compare_digest(known.encode(), secret.encode()) for known in source["secrets"])


def event_id_of(source_id: str, payload: dict[str, Any]) -> str:
    text = json.dumps({"source": source_id, "payload": payload}, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def ingest(source_id: str, lead_id: str, email: str, payload: dict[str, Any], correlation_id: str) -> str:
    """Records, stores and queues a lead that has no secret any more. Returns `accepted` or `duplicate`."""
    now = datetime.now(timezone.utc)
    received_at = now.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    event_time = payload.get("occurred_at") or received_at
    event_id = event_id_of(source_id, payload)
    s3_key = f"raw/crm_event_{lead_id}_{now:%Y%m%dT%H%M%S%f}-{event_id}.json"
    pk = f"LEAD#{source_id}#{lead_id}"
    item = {
        "pk": pk,
        "sk": f"EVENT#{event_id}",
        "lead_id": lead_id,
        "event_id": event_id,
        "source": source_id,
        "s3_key": s3_key,
        "state": "RECEIVED",
        "received_at": received_at,
        "event_time": event_time,
        "correlation_id": correlation_id,
        "recorded_by": str(uuid.uuid4()),
        "pending": "PENDING",
        "pending_since": received_at,
    }
    try:
        dynamodb.put_item(
            TableName=TABLE_NAME,
            Item={
                **{name: {"S": value} for name, value in item.items()},
                "due_at": {"N": str(int(time.time()) + DELAY_SECONDS)},
                "expires_at": {"N": str(int(time.time()) + RETENTION_SECONDS)},
            },
            ConditionExpression="attribute_not_exists(pk)",
            ReturnValuesOnConditionCheckFailure="ALL_OLD",
        )
    except ClientError as error:
        if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
            raise
        return "duplicate"

    s3.put_object(
        Bucket=RAW_BUCKET,
        Key=s3_key,
        Body=json.dumps(payload, separators=(",", ":")).encode(),
        ContentType="application/json",
        IfNoneMatch="*",
        Metadata={"source": source_id, "lead-id": lead_id, "event-id": event_id, "received-at": received_at},
    )
    save_lead(pk, source_id, lead_id, email, payload, event_id, event_time)
    sqs.send_message(
        QueueUrl=DELAY_QUEUE_URL,
        MessageBody=json.dumps({"s3_key": s3_key, "lead_id": lead_id, "event_id": event_id}),
    )
    return "accepted"


def save_lead(
    pk: str, source_id: str, lead_id: str, email: str, payload: dict[str, Any], event_id: str, event_time: str
) -> None:
    """Keeps the newest event of a lead, in whatever order the events arrive."""
    fields = {
        "lead_id": lead_id,
        "source": source_id,
        "email": email,
        "email_key": email.lower(),
        "status": payload.get("status"),
        "status_key": payload.get("status"),
        "display_name": payload.get("display_name"),
        "event_id": event_id,
        "version": f"{event_time}#{event_id}",
    }
    present = {name: value for name, value in fields.items() if value is not None}
    try:
        dynamodb.update_item(
            TableName=TABLE_NAME,
            Key={"pk": {"S": pk}, "sk": {"S": "LEAD"}},
            UpdateExpression="SET " + ", ".join(f"#{name} = :{name}" for name in present),
            ConditionExpression="attribute_not_exists(pk) OR version < :version",
            ExpressionAttributeNames={f"#{name}": name for name in present},
            ExpressionAttributeValues={f":{name}": {"S": value} for name, value in present.items()},
        )
    except ClientError as error:
        if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
            raise
