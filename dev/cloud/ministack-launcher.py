"""Starts MiniStack behind a gate, with every signature checked, and with a bound on how many workers a function has.

What the gate refuses is in ministack_gate.py, whose keys count in ministack_keys.py.

MiniStack starts a process for each call that comes while all workers of a function are busy, as AWS starts an
execution environment. On a laptop a burst of two hundred leads is then two hundred Node processes, which time out
while they start. Its settings can only refuse calls beyond a number (LAMBDA_ACCOUNT_CONCURRENCY: 429); here they
wait for a worker instead, as they would hardly have to on AWS. Everything else is MiniStack as it is.
"""

import atexit
import os
import shutil
import signal
import threading
import time

from ministack.core import lambda_runtime

from ministack_gate import gated
from ministack_keys import check_every_signature

WORKERS_PER_FUNCTION = 8
PATIENCE_SECONDS = 60

acquire_worker = lambda_runtime.acquire_worker


def acquire_worker_in_turn(func_name, config, code_zip, qualifier="$LATEST", max_concurrency=None):
    deadline = time.monotonic() + PATIENCE_SECONDS
    limit = min(max_concurrency or WORKERS_PER_FUNCTION, WORKERS_PER_FUNCTION)
    while True:
        worker, reason = acquire_worker(func_name, config, code_zip, qualifier=qualifier, max_concurrency=limit)
        if worker is not None or time.monotonic() > deadline:
            return worker, reason
        time.sleep(0.01)


lambda_runtime.acquire_worker = acquire_worker_in_turn


def end_with_parent():
    """Ends MiniStack, and with it its workers, when whoever started it was killed before it could."""
    parent = os.getppid()
    while os.getppid() == parent:
        time.sleep(1)
    # Nobody else is left to remove it.
    atexit.register(shutil.rmtree, os.environ["TMPDIR"], ignore_errors=True)
    os.kill(os.getpid(), signal.SIGTERM)


threading.Thread(target=end_with_parent, daemon=True).start()

check_every_signature()

from ministack import app  # noqa: E402  (after the patches, because it imports everything by name)

app.app = gated(app.app)
app.main()
