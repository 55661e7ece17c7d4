"""The webhook in FastAPI, with Pydantic. Mangum passes the event of API Gateway."""

import logging
from datetime import datetime
from typing import Annotated

import lead_store
from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import JSONResponse
from mangum import Mangum
from pydantic import AwareDatetime, BaseModel, ConfigDict, EmailStr, Field, SecretStr

logger = logging.getLogger("webhook")
logger.setLevel(logging.INFO)

app = FastAPI(title="Leads", openapi_url=None)


class Lead(BaseModel):
    model_config = ConfigDict(extra="allow")

    webhook_id: Annotated[str, Field(min_length=1, max_length=64)]
    secret_key: SecretStr
    lead_id: Annotated[str, Field(min_length=1, max_length=128, pattern=r"^[^\x00-\x1f]+$")]
    email: EmailStr
    display_name: Annotated[str | None, Field(max_length=256)] = None
    status: Annotated[str | None, Field(max_length=64)] = None
    occurred_at: AwareDatetime | None = None


class Accepted(BaseModel):
    status: str
    lead_id: str
    correlation_id: str
    received_at: datetime


@app.middleware("http")
async def limit_size(request: Request, call_next):
    if int(request.headers.get("content-length") or 0) > lead_store.MAX_BYTES:
        return JSONResponse({"detail": "too large"}, status_code=413)
    return await call_next(request)


@app.post("/webhook", status_code=202, response_model=Accepted)
def webhook(lead: Lead, request: Request):
    if not lead_store.is_authentic(lead.webhook_id, lead.secret_key.get_secret_value()):
        raise HTTPException(status_code=401, detail="unknown webhook_id or wrong secret_key")
    correlation_id = request.scope["aws.event"]["requestContext"]["requestId"]
    payload = lead.model_dump(mode="json", exclude={"secret_key"}, exclude_none=True)
    status = lead_store.ingest(lead.webhook_id, lead.lead_id, lead.email, payload, correlation_id)
    logger.info("lead %s", status, extra={"lead_id": lead.lead_id, "correlation_id": correlation_id})
    answer = Accepted(
        status=status, lead_id=lead.lead_id, correlation_id=correlation_id, received_at=datetime.now().astimezone()
    )
    return answer if status == "accepted" else JSONResponse(answer.model_dump(mode="json"), status_code=200)


handler = Mangum(app, lifespan="off", api_gateway_base_path="/Prod")
