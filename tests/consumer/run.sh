#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs coodie, builds a program of somebody else's against it with find_package, runs it.
# usage: run.sh static|shared SOURCE WORK
# The flags are those of the preset dev, so that ccache has most of the library already.
set -euo pipefail
kind=$1 source=$2 work=$3
shared=OFF
[[ $kind == shared ]] && shared=ON
rm -rf "$work/prefix" "$work/program"
mkdir -p "$work"
cmake -G Ninja -S "$source" -B "$work" -DBUILD_SHARED_LIBS=$shared -DCMAKE_BUILD_TYPE=Debug \
    -DCMAKE_CXX_COMPILER=g++ -DCMAKE_CXX_COMPILER_LAUNCHER=ccache -DCOODIE_TESTS=OFF -DCOODIE_EXAMPLES=OFF -DCOODIE_WERROR=ON \
    -DCMAKE_INSTALL_PREFIX="$work/prefix" >/dev/null
cmake --build "$work" -j "$(nproc)"
cmake --install "$work" >/dev/null
cmake -G Ninja -S "$source/tests/consumer" -B "$work/program" -DCMAKE_CXX_COMPILER=g++ -DCMAKE_CXX_COMPILER_LAUNCHER=ccache \
    -DCMAKE_PREFIX_PATH="$work/prefix" >/dev/null
cmake --build "$work/program"
"$work/program/consumer"
"$work/program/consumer_without_driver"
