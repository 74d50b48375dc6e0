"""Times whole processes in rounds, every way once a round, each round in another order.

A way is a generator function: what comes before its one `yield` prepares, what it yields is timed
(commands, one after the other), what comes after it checks. Only the commands are timed.
"""
import os
import subprocess
import sys
import time


def interleaved(ways, rounds, cold):
    """Seconds of each way, a list of one for each round."""
    seconds = {name: [] for name in ways}
    order = list(ways)
    for _ in range(rounds):
        for name in order:
            seconds[name].append(once(ways[name], cold))
        order = order[1:] + order[:1]
    return seconds


def once(way, cold):
    steps = way()
    commands = next(steps)
    os.sync()  # what others have left to write is not to be paid by the next fsync
    if cold:
        with open("/proc/sys/vm/drop_caches", "w") as caches:
            caches.write("3")
    start = time.perf_counter()
    for command in commands:
        run(command)
    seconds = time.perf_counter() - start
    next(steps, None)
    return seconds


def run(command):
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}: exit {done.returncode}\n{done.stderr}")
