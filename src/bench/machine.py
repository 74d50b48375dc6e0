"""What the benchmark ran on."""
import os
import pathlib
import re
import subprocess


def facts(folder):
    memory = int(re.search(r"MemTotal:\s+(\d+)", read("/proc/meminfo"))[1])
    model = re.search(r"model name\s*:\s*(.*)", read("/proc/cpuinfo"))
    return {
        "processor": f"{os.cpu_count()} cores, {model[1] if model else os.uname().machine}",
        "memory": f"{memory / 2**20:.0f} GiB",
        "kernel": f"{os.uname().sysname} {os.uname().release}",
        "file system": line(["findmnt", "-no", "FSTYPE", "-T", str(folder)]),
        "load before": " ".join(read("/proc/loadavg").split()[:3])}


def read(file):
    return pathlib.Path(file).read_text()


def line(command, number=0):
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    return done.stdout.splitlines()[number].strip()
