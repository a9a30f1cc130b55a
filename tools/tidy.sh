#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs clang-tidy (.clang-tidy has the checks) as the clang preset compiles.
# usage: tools/tidy.sh [FILE...]   the default is all of src/, which takes a while
set -euo pipefail
cd "$(dirname "$0")/.."

./tools/install-deps.sh build test checks
cmake --preset clang >/dev/null
files=("$@")
((${#files[@]})) || mapfile -d '' -t files < <(git ls-files -z 'src/*.cpp')
# One line for each file that passes would hide the others.
printf '%s\0' "${files[@]}" | xargs -0 -n 4 -P "$(nproc)" clang-tidy-19 -p build/clang --quiet 2>/dev/null
echo "tidy: ok"
