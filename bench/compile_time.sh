#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# How long a program with one ten-column model compiles (-O0, GCC 12): the median of five runs. To reach: 4 s.
set -euo pipefail
cd "$(dirname "$0")/.."
times=()
for _ in 1 2 3 4 5; do
    begin=$(date +%s%N)
    g++ -std=c++20 -O0 -I include -c tests/footprint/one_model.cpp -o /dev/null
    times+=($((($(date +%s%N) - begin) / 1000000)))
done
median=$(printf '%s\n' "${times[@]}" | sort -n | sed -n 3p)
echo "one ten-column model, g++ -O0: median ${median} ms of ${times[*]}"
