#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The quickstart on a folder, twice: the second run finds the first one's rows. usage: test.sh PROGRAM
set -euo pipefail
program=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

"$program" "embedded://$folder/data" >"$folder/first"
"$program" "embedded://$folder/data" >"$folder/second"
diff -u "$(dirname "$0")/expected-first-run.txt" "$folder/first"
diff -u "$(dirname "$0")/expected-second-run.txt" "$folder/second"
"$program" memory: | diff -u "$(dirname "$0")/expected-first-run.txt" -
# A folder that cannot be made: one line that names it, exit code 1.
if "$program" "embedded:///dev/null/data" 2>"$folder/error"; then exit 1; fi
grep -q /dev/null/data "$folder/error"
