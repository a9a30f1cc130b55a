# SPDX-License-Identifier: Apache-2.0
"""What the program tells people."""

import sys


class Failure(Exception):
    """Ends the program with one message and exit code 1."""


def say(message):
    print(f"cassandra: {message}", file=sys.stderr, flush=True)


def tail(text, lines=25):
    return "\n".join("    " + line for line in text.splitlines()[-lines:])
