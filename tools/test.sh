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

if ((cassandra)); then
    if [[ -z ${COODIE_CASSANDRA:-} ]]; then
        # Ends with this run, however it ends.
        COODIE_CASSANDRA=$(./tools/cassandra start | tail -n 1)
        trap './tools/cassandra stop >/dev/null || true' EXIT
        trap 'exit 130' INT TERM
    fi
    export COODIE_CASSANDRA
    echo "judge of the engine: Apache Cassandra at $COODIE_CASSANDRA"
else
    unset COODIE_CASSANDRA
    echo "WITHOUT CASSANDRA: the engine is checked against recorded answers only; tests that need a node are skipped."
fi

export ASAN_OPTIONS=${ASAN_OPTIONS:-detect_stack_use_after_return=1} UBSAN_OPTIONS=${UBSAN_OPTIONS:-print_stacktrace=1}
status=0
ctest --test-dir "build/$preset" --output-on-failure --timeout 300 -j "$(nproc)" --no-tests=error \
    "${ctest_options[@]+"${ctest_options[@]}"}" || status=$?

if ((coverage && status == 0)); then
    gcovr --root . --filter 'src/' --filter 'include/' --object-directory build/coverage \
        --txt build/coverage/coverage.txt --html-details build/coverage/coverage.html --print-summary
    echo "line coverage: build/coverage/coverage.txt, build/coverage/coverage.html"
fi
exit $status
