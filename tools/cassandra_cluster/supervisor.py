# SPDX-License-Identifier: Apache-2.0
"""Runs one node for an owner and ends it when the owner is gone: supervisor.py OWNER_PID GRACE COMMAND...

Prints the node's pid. Ends as the node ends, with its exit code. Should the supervisor itself be killed, the kernel
kills the node (PR_SET_PDEATHSIG); so no node outlives its owner, however either of them ends.
"""

import contextlib
import ctypes
import os
import select
import signal
import subprocess
import sys

PR_SET_PDEATHSIG = 1


def die_with(parent):
    """To be run in the child before exec."""
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it was gone before the kernel was asked
        os._exit(1)


def wait_for(owner, node):
    """Until the file of one of both processes becomes readable: it has ended."""
    poll = select.poll()
    poll.register(owner, select.POLLIN)
    poll.register(node, select.POLLIN)
    poll.poll()


def end(node, grace):
    # A stopped process takes SIGTERM only once it is continued.
    for number in (signal.SIGTERM, signal.SIGCONT):
        with contextlib.suppress(ProcessLookupError):
            node.send_signal(number)
    try:
        node.wait(grace)
    except subprocess.TimeoutExpired:
        node.kill()


def main():
    owner_pid, grace, command = int(sys.argv[1]), float(sys.argv[2]), sys.argv[3:]
    owner = os.pidfd_open(owner_pid)
    parent = os.getpid()
    announcement = os.dup(1)
    os.dup2(2, 1)  # the node's output goes where the errors go
    node = subprocess.Popen(command, stdin=subprocess.DEVNULL, preexec_fn=lambda: die_with(parent))
    with os.fdopen(announcement, "w") as to_starter:
        to_starter.write(f"{node.pid}\n")
    wait_for(owner, os.pidfd_open(node.pid))
    if node.poll() is None:
        end(node, grace)
    code = node.wait()
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.exit(main())
