#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# From a fresh Debian 12 to stored rows: installs what is missing, builds, runs examples/quickstart on an embedded
# folder. usage: tools/quickstart.sh [URL]   (default: embedded:///.../build/quickstart/data)
set -euo pipefail
cd "$(dirname "$0")/.."

./tools/install-deps.sh build
export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1
jobs=$(nproc)
log=build/quickstart/build.log
mkdir -p build/quickstart
echo "building (log: $log) ..."
if ! {
    cmake -G Ninja -S . -B build/quickstart -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_COMPILER=g++ \
        -DCMAKE_CXX_COMPILER_LAUNCHER=ccache -DCOODIE_TESTS=OFF &&
    cmake --build build/quickstart -j "$jobs" --target quickstart
} >"$log" 2>&1; then
    tail -n 40 "$log" >&2
    echo "quickstart: the build failed; the whole log is in $log" >&2
    exit 1
fi
exec ./build/quickstart/examples/quickstart "${1:-embedded://$PWD/build/quickstart/data}"
