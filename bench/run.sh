#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds and runs the benchmarks and prints the table of bench/README.md. usage: bench/run.sh [ROUNDS]   (default 9)
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=${1:-9}
./tools/install-deps.sh test bench
cmake --preset release >/dev/null
cmake --build --preset release -j "$(nproc)" --target codec_bench odm_bench embedded_bench walk_memory
out=build/release/bench
for name in codec_bench odm_bench embedded_bench; do
    "$out/$name" --benchmark_repetitions="$rounds" --benchmark_enable_random_interleaving=true \
        --benchmark_report_aggregates_only=true --benchmark_min_time=0.2 \
        --benchmark_out="$out/$name.json" --benchmark_out_format=json >/dev/null 2>&1
done
python3 bench/table.py "$out"/{codec,odm,embedded}_bench.json
echo
./bench/compile_time.sh
echo
"$out/walk_memory"
