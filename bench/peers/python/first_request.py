"""Loads a peer in a new process, calls it once, and prints what that took. Arguments: the module, and a file with the event."""

import json
import sys
import time


class Context:
    aws_request_id = "c6af9ac6-7b61-11e6-9a41-93e8deadbeef"
    function_name = "bench"
    memory_limit_in_mb = 512

    def get_remaining_time_in_millis(self):
        return 25_000


def main(module, event_file):
    with open(event_file, encoding="utf-8") as file:
        event = json.load(file)
    started, cpu_before = time.perf_counter(), time.process_time()
    answer = __import__(module).handler(event, Context())
    wall, cpu = time.perf_counter() - started, time.process_time() - cpu_before
    measured = {"statusCode": answer["statusCode"], "wall": wall * 1000, "cpu": cpu * 1000}
    print("\nmeasured", json.dumps(measured), flush=True)


main(*sys.argv[1:])
