#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Fails when a file is not formatted; --fix formats it.
set -euo pipefail
cd "$(dirname "$0")/.."
mode=(--dry-run -Werror)
[[ ${1:-} == --fix ]] && mode=(-i)
git ls-files -z '*.cpp' '*.hpp' | xargs -0 clang-format-19 "${mode[@]}"
echo "format: ok"
