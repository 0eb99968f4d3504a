"""Runs a command to its end, and writes the processor time of all processes that it has started, in seconds.

python3 processor-time.py <file> <command> [<argument> ...]
"""

import ctypes
import json
import os
import resource
import subprocess
import sys
import time

# prctl(2): processes that lose their parent, as plugins of an engine that has ended, become children of this one.
PR_SET_CHILD_SUBREAPER = 36
PATIENCE = 60

if sys.platform == "linux":
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)

report, *command = sys.argv[1:]
started = time.monotonic()
status = subprocess.run(command, stdin=subprocess.DEVNULL).returncode
wall = time.monotonic() - started

# A child counts, with its own children, once it has been waited for.
deadline = time.monotonic() + PATIENCE
left = True
while left and time.monotonic() < deadline:
    try:
        if os.waitpid(-1, os.WNOHANG)[0] == 0:
            time.sleep(0.01)
    except ChildProcessError:
        left = False

used = resource.getrusage(resource.RUSAGE_CHILDREN)
with open(report, "w", encoding="utf8") as file:
    json.dump({"processor": used.ru_utime + used.ru_stime, "wall": wall, "whole": not left}, file)
sys.exit(status if status >= 0 else 128 - status)
