# SPDX-License-Identifier: Apache-2.0
"""The nodes' processes: found by a pid file that no other process can pass for, begun, signalled, ended."""

import contextlib
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import time

from .report import Failure, tail
from .settings import LOGBACK, hosts_of, java_command, storage_option, yaml_of

SUPERVISOR = pathlib.Path(__file__).with_name("supervisor.py")
OWNERLESS_GRACE = 20  # seconds from SIGTERM to SIGKILL when the owner is gone


def process_fields(pid):
    """The fields of /proc/PID/stat after the name; None when it is gone (or a zombie)."""
    try:
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] == "Z" else fields


def process_start_time(pid):
    """Clock ticks since boot at which the process began; None when it is gone."""
    fields = process_fields(pid)
    return int(fields[19]) if fields else None


def is_paused(pid):
    fields = process_fields(pid)
    return bool(fields) and fields[0] == "T"


def running_pid(node):
    """The pid of our node; None when it does not run. A pid that another process has got since is not ours."""
    try:
        record = json.loads(node.pid_file.read_text())
        pid, started = int(record["pid"]), int(record["started"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if process_start_time(pid) != started:
        return None
    try:
        command = pathlib.Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return None
    return pid if storage_option(node).encode() in command.split(b"\0") else None


def write_pid_file(node, pid):
    scratch = node.pid_file.with_suffix(".partial")
    scratch.write_text(json.dumps({"pid": pid, "started": process_start_time(pid), "endpoint": node.endpoint}))
    os.replace(scratch, node.pid_file)


def refuse_taken_ports(node):
    for port in (node.port, node.storage_port):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((node.address, port))
            except OSError as error:
                raise Failure(f"cannot listen on {node.address}:{port}: {error.strerror}. "
                              "Choose others with --port and --storage-port.") from error


def log_tail(node):
    parts = []
    for name in ("output.log", "system.log"):
        path = node.logs / name
        if path.exists() and path.stat().st_size:
            parts.append(f"  the end of {path}:\n{tail(path.read_text(errors='replace'))}")
    return "\n".join(parts)


def prepare_folder(cluster, node, fresh):
    if fresh:
        for name in ("data", "commitlog", "saved_caches", "hints", "cdc_raw", "logs"):
            shutil.rmtree(node.folder / name, ignore_errors=True)
    node.logs.mkdir(parents=True, exist_ok=True)
    for log in ("output.log", "system.log"):
        (node.logs / log).unlink(missing_ok=True)
    (node.folder / "cassandra.yaml").write_text(yaml_of(cluster, node))
    (node.folder / "hosts").write_text(hosts_of(node))
    (node.folder / "logback.xml").write_text(LOGBACK.format(file=node.logs / "system.log"))


def launch(cluster, node, java, jars, *, owner=0, fresh=False):
    """Begins the node's process and writes its pid file. Returns what gives its exit code: the process, or with an
    owner its supervisor."""
    prepare_folder(cluster, node, fresh)
    command = java_command(java, jars, cluster, node)
    with open(node.logs / "output.log", "wb") as output:
        common = {"stdin": subprocess.DEVNULL, "stderr": output, "cwd": node.folder, "start_new_session": True}
        if not owner:
            process = subprocess.Popen(command, stdout=output, **common)
            write_pid_file(node, process.pid)
            return process
        process = subprocess.Popen([sys.executable, "-IB", str(SUPERVISOR), str(owner), str(OWNERLESS_GRACE), *command],
                                   stdout=subprocess.PIPE, text=True, **common)
    with process.stdout:
        pid = process.stdout.readline().strip()
    if not pid:
        raise Failure(f"node {node.number} has no supervisor, exit code {process.wait()}\n{log_tail(node)}")
    write_pid_file(node, int(pid))
    return process


def send(pid, started, number):
    """Never to a process that only has the same pid."""
    if started is not None and process_start_time(pid) == started:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)


def end(nodes, grace):
    """SIGTERM to all that run, then, after `grace` seconds, SIGKILL. Returns the nodes for which SIGTERM was not enough."""
    running = [(node, pid, process_start_time(pid)) for node in nodes if (pid := running_pid(node)) is not None]

    def left_after(seconds):
        deadline = time.monotonic() + seconds
        while True:
            left = [entry for entry in running if entry[2] is not None and process_start_time(entry[1]) == entry[2]]
            if not left or time.monotonic() > deadline:
                return left
            time.sleep(0.05)

    for _, pid, started in running:
        send(pid, started, signal.SIGTERM)
        send(pid, started, signal.SIGCONT)  # a paused process takes SIGTERM only then
    stubborn = left_after(grace)
    for _, pid, started in stubborn:
        send(pid, started, signal.SIGKILL)
    if survivors := left_after(10) if stubborn else []:
        raise Failure(f"pid {', '.join(str(pid) for _, pid, _ in survivors)} survives SIGKILL")
    for node, _, _ in running:
        node.pid_file.unlink(missing_ok=True)
    return [node for node, _, _ in stubborn]
