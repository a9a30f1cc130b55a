#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds and runs the benchmarks; bench/README.md tells what each measures. usage:
#   bench/run.sh                     local, then driver
#   bench/run.sh local [ROUNDS]      everything in one process: codec, ODM, embedded engine (default 9 rounds)
#   bench/run.sh driver [--against HOST:PORT|stub] [--rounds N] [--save NAME] [--compare NAME]
#                                    coodie and its peers against one server (default: stub, 5 rounds)
#   bench/run.sh counts [--against HOST:PORT|stub] [--client NAME]... [--op OP]...
#                                    instructions (Callgrind) and allocations per operation
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
release=$root/build/release
peers=$root/build/bench-peers

build() {
    ./tools/install-deps.sh test bench
    cmake --preset release >/dev/null
    cmake --build --preset release -j "$(nproc)" --target "$@" >&2
}

run_local() {
    local rounds=${1:-9} out=$release/bench name
    build codec_bench odm_bench embedded_bench walk_memory
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
}

# Each prints KIND=COMMAND, or why there is no such peer. Arguments: kind, tool, command that builds, command.
peer() {
    local kind=$1 tool=$2 build=$3 command=$4
    if ! command -v "$tool" >/dev/null; then
        echo "skipped: the $kind peers, for there is no $tool on PATH" >&2
    elif ! (cd "bench/driver/peers/$kind" && eval "$build") >"$peers/$kind.log" 2>&1; then
        echo "skipped: the $kind peers, for they cannot be built; see $peers/$kind.log" >&2
    else
        echo "$kind=$command"
    fi
}

compiled_peers() {
    mkdir -p "$peers"
    CARGO_TARGET_DIR=$peers/rust peer rust cargo 'cargo build --release' \
        "$peers/rust/release/coodie-bench-peer"
    peer go go 'go build -o "$peers/go/peer" .' "$peers/go/peer"
}

python_peers() {
    mkdir -p "$peers"
    peer python python3 'python3 -m venv "$peers/python" && "$peers/python/bin/pip" install -q -r requirements.txt' \
        "$peers/python/bin/python $root/bench/driver/peers/python/peer.py"
}

# Sets `server`. The stub ends with this script, whose descriptor 7 is its standard input.
start_server() {
    server=$1
    if [ "$server" != stub ]; then
        echo "writing bench.products to $server" >&2
        "$release/bench/driver/coodie_driver" "$server" seed
        return
    fi
    local pipe
    pipe=$(mktemp -d)
    mkfifo "$pipe/in" "$pipe/out"
    "$release/tests/stub/stub_server" --rows 10000 <"$pipe/in" >"$pipe/out" &
    exec 7>"$pipe/in"
    read -r server <"$pipe/out"
    server=${server##* }
    rm -r "$pipe"
}

run_driver() {
    local against=stub rest=() programs=()
    while [ $# -gt 0 ]; do
        case $1 in
            --against) against=${2#cassandra://} && shift 2 ;;
            --rounds | --save | --compare) rest+=("$1" "$2") && shift 2 ;;
            *) usage ;;
        esac
    done
    [ "$against" != stub ] || rest+=(--null-server)
    build coodie_driver stub_server
    mapfile -t programs < <(compiled_peers && python_peers)
    start_server "$against"
    python3 bench/driver/rounds.py --against "$server" --results build/bench-results "${rest[@]}" \
        "coodie=$release/bench/driver/coodie_driver" "${programs[@]}"
}

run_counts() {
    local against=stub rest=() programs=()
    while [ $# -gt 0 ]; do
        case $1 in
            --against) against=${2#cassandra://} && shift 2 ;;
            --client | --op) rest+=("$1" "$2") && shift 2 ;;
            *) usage ;;
        esac
    done
    if ! command -v valgrind >/dev/null; then
        echo "counts needs valgrind on PATH" >&2
        exit 1
    fi
    build coodie_driver count_allocations stub_server
    # Go allocates without malloc, and Callgrind cannot run it.
    mapfile -t programs < <(compiled_peers | grep -v ^go=)
    start_server "$against"
    python3 bench/driver/counts.py --against "$server" --output build/callgrind.out \
        --preload "$release/bench/driver/libcount_allocations.so" "${rest[@]}" \
        "coodie=$release/bench/driver/coodie_driver" "${programs[@]}"
}

usage() {
    sed -n '4,10s/^# \{0,2\}//p' "$root/bench/run.sh" >&2
    exit 2
}

case ${1-} in
    "") run_local && echo && run_driver ;;
    local | driver | counts) "run_$1" "${@:2}" ;;
    *) usage ;;
esac
