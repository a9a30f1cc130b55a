#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the driver benchmark's clients in alternating rounds and prints one table of ratios; bench/README.md."""
import argparse
import json
import os
import pathlib
import random
import statistics
import subprocess
import sys

# Clients by the program that runs them.
MODES = {
    "coodie": ["coodie-sync", "coodie-aio", "coodie-bare-sync", "coodie-bare-aio"],
    "rust": ["scylla", "scylla-cached"],
    "go": ["gocql", "gocql-now"],
    "python": ["py-coodie", "py-cqlengine"],
}
# Operation, in flight, operations (rows for "page") for a compiled client, those before the measurement.
CELLS = [
    ("get", 1, 4000, 1000),
    ("insert", 1, 4000, 1000),
    ("get", 64, 40000, 5000),
    ("insert", 64, 40000, 5000),
    ("get", 256, 40000, 5000),
    ("insert", 256, 40000, 5000),
    ("page", 1, 40000, 1),
]
# Of the operations, for those that are that much slower: a round is to last minutes.
SHARES = {"python": 0.1, "go": 0.2}
METRICS = ["cpu_us", "p50_us", "p95_us", "p99_us"]


def runs_in(client: str, operation: str, in_flight: int, null_server: bool) -> bool:
    if null_server and client == "py-cqlengine" and operation != "insert":  # it does not prepare: all rows come back
        return False
    if client == "scylla-cached" and operation == "insert":  # an insert's answer has no columns
        return False
    # 256 threads would measure the kernel.
    return in_flight < 256 or not client.startswith(("coodie-sync", "coodie-bare-sync", "py-"))


def share_of(program: str, operation: str, in_flight: int) -> float:
    if operation == "page" or (program == "go" and in_flight > 1):  # gocql waits, but only for one at a time
        return 1
    return SHARES.get(program, 1)


def pairs(medians: dict) -> list[tuple]:
    """Operation, in flight, coodie's client and the peer it is held against."""
    found = []
    for operation, in_flight, *_ in CELLS:
        here = [client for clients in MODES.values() for client in clients
                if (operation, in_flight, client) in medians]
        for ours in ("coodie-sync", "coodie-aio"):
            bare = ours.replace("coodie", "coodie-bare")
            for peer in here:
                if ours not in here or (peer.startswith("coodie") and peer != bare):
                    continue
                # Many in flight: blocking calls against blocking calls, coroutines against the others.
                if in_flight > 1 and peer != bare and peer.startswith("py-") != (ours == "coodie-sync"):
                    continue
                found.append((operation, in_flight, ours, peer))
    return found


def run_rounds(arguments, programs: dict[str, str]) -> list[dict]:
    reports, failed = [], set()
    for number in range(arguments.rounds):
        for operation, in_flight, count, warm_up in CELLS:
            clients = [(program, client) for program in programs for client in MODES[program]]
            clients = [each for each in clients if runs_in(each[1], operation, in_flight, arguments.null_server)]
            random.shuffle(clients)
            for program, client in clients:
                share = share_of(program, operation, in_flight)
                mode = client.removeprefix("coodie-")
                command = [*programs[program].split(), arguments.against, mode, operation, str(in_flight)]
                command += [str(int(count * share)), str(int(warm_up * share) or warm_up)]
                try:
                    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
                    report = json.loads(done.stdout.splitlines()[-1])
                    reports.append(report | {"round": number, "load": os.getloadavg()[0]})
                except (subprocess.SubprocessError, ValueError, IndexError) as error:
                    if (client, operation) not in failed:
                        said = (getattr(error, "stderr", None) or str(error)).strip().splitlines()[-1]
                        print(f"failed: {' '.join(command)}: {said}", file=sys.stderr)
                    failed.add((client, operation))
        print(f"round {number + 1} of {arguments.rounds} done", file=sys.stderr)
    return reports


def medians_of(reports: list[dict]) -> dict:
    groups: dict = {}
    for report in reports:
        groups.setdefault((report["op"], report["in_flight"], report["client"]), []).append(report)
    numbers = [*METRICS, "per_second", "peak_rss_kib"]
    return {key: {n: statistics.median(r[n] for r in group) for n in numbers} for key, group in groups.items()}


def short(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def print_ratios(rows: list[tuple], left: str, right: str) -> None:
    """rows: operation, in flight, the two names, the two medians. CPU is per operation, per row for "page"; the
    latencies are those of an operation, of a page for "page"."""
    names = ["CPU, us/op", "p50, us", "p95, us", "p99, us"]
    heads = [f"{name}: {left} | {right} | ratio" for name in names]
    print(f"| op | in flight | {left} | {right} | " + " | ".join(heads) + " | ops/s ratio |")
    print("|" + "---|" * (4 + 3 * len(heads) + 1))
    for operation, in_flight, ours, theirs, mine, other in rows:
        cells = [operation, str(in_flight), ours, theirs]
        for metric in METRICS:
            ratio = f"**{mine[metric] / other[metric]:.2f}**" if other[metric] else ""
            cells += [short(mine[metric]), short(other[metric]), ratio]
        cells.append(f"{mine['per_second'] / other['per_second']:.2f}")
        print("| " + " | ".join(cells) + " |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--against", required=True, help="HOST:PORT of the server")
    parser.add_argument("--null-server", action="store_true", help="the server is the stub")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--save", metavar="NAME")
    parser.add_argument("--compare", metavar="NAME")
    parser.add_argument("--results", type=pathlib.Path, required=True, help="folder of the saved runs")
    parser.add_argument("programs", nargs="+", metavar="KIND=COMMAND", help=f"KIND: {', '.join(MODES)}")
    arguments = parser.parse_args()
    saved = arguments.results / f"{arguments.compare}.json"
    if arguments.compare and not saved.exists():
        sys.exit(f"there is no saved run {saved}; make one with --save {arguments.compare}")
    programs = dict(program.split("=", 1) for program in arguments.programs)
    reports = run_rounds(arguments, programs)
    if arguments.save:
        arguments.results.mkdir(parents=True, exist_ok=True)
        path = arguments.results / f"{arguments.save}.json"
        path.write_text("\n".join(json.dumps(report) for report in reports) + "\n", encoding="utf-8")
        print(f"saved in {path}", file=sys.stderr)
    medians = medians_of(reports)
    loads = sorted(report["load"] for report in reports)
    if not loads:
        sys.exit("no client ran")
    print(f"Medians of {arguments.rounds} rounds against {arguments.against}, "
          f"load of the machine {loads[0]:.1f} to {loads[-1]:.1f}. CPU of `page` is per row.\n")
    print_ratios([(*pair, medians[(*pair[:2], pair[2])], medians[(*pair[:2], pair[3])])
                  for pair in pairs(medians)], "coodie", "peer")
    if arguments.compare:
        before = medians_of([json.loads(line) for line in saved.read_text(encoding="utf-8").splitlines()])
        print(f"\nThis run against {arguments.compare}:\n")
        print_ratios([(*key, key[2], medians[key], before[key]) for key in medians if key in before],
                     "now", "then")


if __name__ == "__main__":
    main()
