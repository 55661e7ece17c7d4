"""Makes MiniStack check each signature with a secret of this start.

Unchanged, MiniStack accepts the key `test`, any account number, and requests without a key as the root of the account.
It checks no signature of these, and it derives the keys of function roles from the names of the roles. With this
module only the key in AWS_ACCESS_KEY_ID is the root, MiniStack checks its signatures, and the keys of roles depend on
a random salt.
"""

import hashlib
import hmac
import os
import secrets

from ministack.core import iam_evaluator, lambda_runtime

_root = os.environ["AWS_ACCESS_KEY_ID"]
_salt = secrets.token_bytes(32)

_identity_of = iam_evaluator.resolve_caller_identity


def _is_root(access_key_id):
    return access_key_id == _root


def _resolve_caller_identity(access_key_id):
    if not _is_root(access_key_id):
        return _identity_of(access_key_id)
    account_id = os.environ.get("MINISTACK_ACCOUNT_ID", "000000000000")
    return {
        "accessKey": access_key_id,
        "accountId": account_id,
        "userArn": f"arn:aws:iam::{account_id}:root",
        "userId": account_id,
        "principalOrgId": iam_evaluator._principal_org_id(account_id),
        "session": None,
    }


def _execution_credentials(config):
    """Returns the credentials of a function's role. All workers of a function share one session."""
    from ministack.services import sts

    account_id, _region = lambda_runtime._account_region_from_function_config(config)
    role_arn = config.get("Role", "")
    role_name = role_arn.rsplit("/", 1)[-1]

    def derived(purpose):
        text = f"{purpose}:{config.get('FunctionArn', '')}:{role_arn}"
        return hmac.new(_salt, text.encode(), hashlib.sha256).hexdigest()

    session_name = config.get("FunctionName", "ministack-lambda")[:64]
    session = {
        "Arn": f"arn:aws:sts::{account_id}:assumed-role/{role_name}/{session_name}",
        "UserId": f"{role_name}:{session_name}",
        "SecretAccessKey": derived("secret"),
        "SessionToken": derived("token"),
    }
    access_key = f"ASIA{derived('key')[:16].upper()}"
    sts.register_session(access_key, session)
    return {
        "AWS_ACCESS_KEY_ID": access_key,
        "AWS_SECRET_ACCESS_KEY": session["SecretAccessKey"],
        "AWS_SESSION_TOKEN": session["SessionToken"],
    }


def check_every_signature():
    """Call this before the services of MiniStack are imported, because they import some of these functions by name."""
    iam_evaluator.is_root_access_key = _is_root
    # MiniStack does not check the signatures of keys for which this returns True.
    iam_evaluator._is_root_key = lambda access_key_id: False
    iam_evaluator.resolve_caller_identity = _resolve_caller_identity
    lambda_runtime.execution_credentials = _execution_credentials
