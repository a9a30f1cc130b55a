#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Medians of Google Benchmark's JSON files as one table, and the ratios that the project promises."""
import json
import sys

RATIOS = [("embedded_get", "raw_get", 2.5), ("embedded_save", "raw_put", 2.5)]


def main() -> None:
    medians = {}
    unit = {"ns": 1.0, "us": 1e3, "ms": 1e6, "s": 1e9}
    for name in sys.argv[1:]:
        with open(name, encoding="utf-8") as file:
            for run in json.load(file)["benchmarks"]:
                if run.get("aggregate_name") == "median":
                    medians[run["run_name"].split("/")[0]] = (run["real_time"] * unit[run["time_unit"]], run)
    print("| benchmark | median, ns | allocations | beyond the document's own |")
    print("|---|---|---|---|")
    for name, (time, run) in medians.items():
        counters = [f"{run[key]:.1f}" if key in run else "" for key in ("allocations", "beyond")]
        print(f"| {name} | {time:.0f} | {' | '.join(counters)} |")
    print("\n| ratio of medians | measured | to reach |")
    print("|---|---|---|")
    for ours, theirs, goal in RATIOS:
        if ours in medians and theirs in medians:
            print(f"| {ours} / {theirs} | {medians[ours][0] / medians[theirs][0]:.2f} | {goal} |")


if __name__ == "__main__":
    main()
