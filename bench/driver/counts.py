#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Instructions (Callgrind, user space) and allocations per operation of compiled clients; bench/README.md.

Each is the difference of two runs divided by the difference of their operations, so that connecting and
preparing do not count.
"""
import argparse
import re
import subprocess
import sys

from rounds import MODES

CELLS = [("get", 1), ("get", 64), ("insert", 1), ("insert", 64), ("page", 1)]
INSTRUCTION_RUNS = (500, 4500)
ALLOCATION_RUNS = (2000, 12000)
PAGE_RUNS = (10_000, 30_000)  # whole scans


def instructions(command: list[str], output: str) -> int:
    tool = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={output}"]
    done = subprocess.run([*tool, *command], capture_output=True, text=True, timeout=600, check=True)
    return int(re.search(r"Collected : (\d+)", done.stderr)[1])


def allocations(command: list[str], library: str) -> int:
    done = subprocess.run(["env", f"LD_PRELOAD={library}", *command], capture_output=True, text=True,
                          timeout=120, check=True)
    return int(re.findall(r"allocations (\d+)", done.stderr)[-1])


def per_operation(measure, command: list[str], operation: str, runs: tuple[int, int], extra: str) -> float:
    runs = PAGE_RUNS if operation == "page" else runs
    few, many = (measure([*command, str(count)], extra) for count in runs)
    return (many - few) / (runs[1] - runs[0])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--against", required=True, help="HOST:PORT of the server")
    parser.add_argument("--preload", required=True, help="libcount_allocations.so")
    parser.add_argument("--output", required=True, help="Callgrind's file; the last run's is left there")
    parser.add_argument("--client", action="append", default=[], help="only these clients")
    parser.add_argument("--op", action="append", default=[], help="only these operations")
    parser.add_argument("programs", nargs="+", metavar="KIND=COMMAND")
    arguments = parser.parse_args()
    print("| client | op | in flight | instructions/op | allocations/op |")
    print("|---|---|---|---|---|", flush=True)
    for kind, program in (each.split("=", 1) for each in arguments.programs):
        cells = [(client, *cell) for client in MODES[kind] for cell in CELLS]
        if kind == "coodie":
            cells.append(("coodie-copy", "get", 1))  # what a document itself allocates
        for client, operation, in_flight in cells:
            if arguments.client and client not in arguments.client:
                continue
            if arguments.op and operation not in arguments.op:
                continue
            if in_flight > 1 and client.endswith("sync"):
                continue  # instructions of threads that wait for each other vary
            command = [program, arguments.against, client.removeprefix("coodie-"), operation, str(in_flight)]
            try:
                spent = per_operation(instructions, command, operation, INSTRUCTION_RUNS, arguments.output)
                made = per_operation(allocations, command, operation, ALLOCATION_RUNS, arguments.preload)
                print(f"| {client} | {operation} | {in_flight} | {spent:.0f} | {made:.1f} |", flush=True)
            except (subprocess.SubprocessError, TypeError, IndexError) as error:
                said = [line for line in (getattr(error, "stderr", None) or str(error)).splitlines() if line[:2] != "=="]
                print(f"failed: {' '.join(command)}: {' '.join(said)}", file=sys.stderr)


if __name__ == "__main__":
    main()
