#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds the fuzzers (Clang, ASan, UBSan) and runs each. usage: tools/fuzz.sh [--seconds 60] [NAME...]
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=60
names=()
while (($#)); do
    case $1 in
        --seconds) seconds=$2; shift 2 ;;
        -*) echo "usage: tools/fuzz.sh [--seconds N] [NAME...]" >&2; exit 2 ;;
        *) names+=("$1"); shift ;;
    esac
done
./tools/install-deps.sh test checks
cmake --preset fuzz >/dev/null
if ((${#names[@]} == 0)); then
    for source in tests/fuzz/*_fuzz.cpp; do names+=("$(basename "$source" _fuzz.cpp)"); done
fi
cmake --build --preset fuzz -j "$(nproc)" --target "${names[@]/#/coodie_fuzz_}"
pids=()
for name in "${names[@]}"; do
    # New inputs go to the build folder; what the repository holds is only read.
    mkdir -p "build/fuzz/corpus/$name" "tests/fuzz/corpus/$name" "build/fuzz/crashes/$name"
    (
        cd build/fuzz
        "./tests/fuzz/coodie_fuzz_$name" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=4096 -print_final_stats=1 \
            -artifact_prefix="crashes/$name/" "corpus/$name" "../../tests/fuzz/corpus/$name" >"$name.log" 2>&1
    ) &
    pids+=($!)
    # Two at a time: the machines have two cores.
    if ((${#pids[@]} % 2 == 0)); then wait "${pids[-2]}" || true; fi
done
failed=0
for i in "${!pids[@]}"; do
    name=${names[$i]}
    if wait "${pids[$i]}"; then
        echo "fuzz $name: ok, $(grep -c . "build/fuzz/$name.log") lines of log, $(grep -o 'stat::number_of_executed_units: *[0-9]*' "build/fuzz/$name.log" | grep -o '[0-9]*$') inputs"
    else
        failed=1
        tail -n 30 "build/fuzz/$name.log" >&2
        echo "fuzz $name: FAILED, input in build/fuzz/crashes/$name" >&2
    fi
done
rmdir tests/fuzz/corpus/* tests/fuzz/corpus 2>/dev/null || true
exit $failed
