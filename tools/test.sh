#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs what is missing, builds, runs every test, each with a timeout.
# usage: tools/test.sh [--without-cassandra] [--coverage] [--preset dev|clang|asan|asan-clang|tsan|release] [-R REGEX]
set -euo pipefail
cd "$(dirname "$0")/.."

usage() { sed -n '3,4p' "$0" >&2; exit 2; }
preset=dev
cassandra=1
coverage=0
ctest_options=()
while (($#)); do
    case $1 in
        --without-cassandra) cassandra=0; shift ;;
        --coverage) coverage=1; preset=coverage; shift ;;
        --preset) [[ $# -ge 2 ]] || usage; preset=$2; shift 2 ;;
        -R) [[ $# -ge 2 ]] || usage; ctest_options+=(-R "$2"); shift 2 ;;
        *) usage ;;
    esac
done

groups=(build test checks)
((coverage)) && groups+=(coverage)
[[ $preset == release ]] && groups+=(bench)
./tools/install-deps.sh "${groups[@]}"
# Clones in other folders share the cache of compiled files.
export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1
export COODIE_AIRPORTS_CSV
COODIE_AIRPORTS_CSV=$(./tools/airports-csv.sh)

cmake --preset "$preset" >"/tmp/coodie-configure.$$" || { cat "/tmp/coodie-configure.$$" >&2; exit 1; }
rm -f "/tmp/coodie-configure.$$"
cmake --build --preset "$preset" -j "$(nproc)"

if ((!cassandra)); then
    unset COODIE_CASSANDRA COODIE_TEST_HOSTS
    echo "WITHOUT CASSANDRA: the engine is checked against recorded answers only; tests that need a node are skipped."
elif [[ -n ${COODIE_TEST_HOSTS:-} ]]; then
    echo "conformance and load: the cluster at ${COODIE_TEST_HOSTS##*@}"
    echo "judge of the engine: ${COODIE_CASSANDRA:-none, its tests are skipped (COODIE_CASSANDRA=HOST:PORT names a Cassandra 5)}"
else
    if [[ -z ${COODIE_CASSANDRA:-} ]]; then
        # Addresses of its own, so that runs of several clones never meet. The node ends with this run, however it ends.
        folder=$(mktemp -d)
        trap './tools/cassandra stop --folder "$folder" >/dev/null 2>&1 || true; rm -rf "$folder"' EXIT
        trap 'exit 130' INT TERM
        address=127.$((1 + $$ / 250 % 250)).$((1 + $$ % 250)).1
        COODIE_CASSANDRA=$(./tools/cassandra start --owner $$ --folder "$folder" --address "$address" | tail -n 1)
    fi
    export COODIE_CASSANDRA
    echo "judge of the engine: Apache Cassandra at $COODIE_CASSANDRA"
fi

export ASAN_OPTIONS=${ASAN_OPTIONS:-detect_stack_use_after_return=1} UBSAN_OPTIONS=${UBSAN_OPTIONS:-print_stacktrace=1}
export TSAN_OPTIONS=${TSAN_OPTIONS:-suppressions=$PWD/tests/tsan.supp}
status=0
ctest --test-dir "build/$preset" --output-on-failure --timeout 300 -j "$(nproc)" --no-tests=error \
    "${ctest_options[@]+"${ctest_options[@]}"}" || status=$?

if ((coverage && status == 0)); then
    # What a thread counts while its process ends may still be inconsistent: a warning, not a failure.
    gcovr --root . --gcov-ignore-parse-errors --filter 'src/' --filter 'include/' --object-directory build/coverage \
        --txt build/coverage/coverage.txt --html-details build/coverage/coverage.html --print-summary
    echo "line coverage: build/coverage/coverage.txt, build/coverage/coverage.html"
fi
exit $status
