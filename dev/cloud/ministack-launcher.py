"""Starts MiniStack with three changes.

- A gate refuses requests of web pages: ministack_gate.py.
- MiniStack checks every signature: ministack_keys.py.
- Each function has at most WORKERS_PER_FUNCTION workers, and further calls wait for a worker.

Without the last change MiniStack starts a process for each call that finds all workers busy. A burst of 200 leads
starts 200 Node.js processes, and on a laptop they time out while they start. The setting LAMBDA_ACCOUNT_CONCURRENCY of
MiniStack does not help, because it refuses calls with 429.
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
release_worker = lambda_runtime.release_worker

# One condition per function, on which its calls wait for a worker. Calls that looked for a free worker again and again
# would keep the interpreter from the calls that have one, the more the longer the queue is.
conditions = {}


def released(func_name):
    return conditions.setdefault(func_name, threading.Condition())


def acquire_worker_in_turn(func_name, config, code_zip, qualifier="$LATEST", max_concurrency=None):
    deadline = time.monotonic() + PATIENCE_SECONDS
    limit = min(max_concurrency or WORKERS_PER_FUNCTION, WORKERS_PER_FUNCTION)
    with released(func_name):
        while True:
            worker, reason = acquire_worker(func_name, config, code_zip, qualifier=qualifier, max_concurrency=limit)
            if worker is not None or time.monotonic() > deadline:
                return worker, reason
            # MiniStack may also drop workers without releasing them, hence the timeout.
            released(func_name).wait(timeout=1)


def release_worker_to_next(worker):
    release_worker(worker)
    if worker is not None:
        with released(worker.func_name):
            released(worker.func_name).notify()


lambda_runtime.acquire_worker = acquire_worker_in_turn
lambda_runtime.release_worker = release_worker_to_next


def end_with_parent():
    """Ends MiniStack and its workers if its parent process was killed."""
    parent = os.getppid()
    while os.getppid() == parent:
        time.sleep(1)
    # The parent would have removed the folder.
    atexit.register(shutil.rmtree, os.environ["TMPDIR"], ignore_errors=True)
    os.kill(os.getpid(), signal.SIGTERM)


threading.Thread(target=end_with_parent, daemon=True).start()

check_every_signature()

from ministack import app  # noqa: E402  (after the patches, because it imports the patched functions by name)

app.app = gated(app.app)
app.main()
