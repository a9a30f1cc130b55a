#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The whole real table on a folder: the program compares every count with the file's; this compares what it prints.
# usage: test.sh PROGRAM   ($COODIE_AIRPORTS_CSV names the file; tools/airports-csv.sh fetches it)
set -euo pipefail
program=$1
if [[ ! -s ${COODIE_AIRPORTS_CSV:-} ]]; then
    echo "skipped: COODIE_AIRPORTS_CSV names no file (run tools/airports-csv.sh)"
    exit 77
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$program" "embedded://$folder/world" "$COODIE_AIRPORTS_CSV" >"$folder/output"
diff -u "$(dirname "$0")/expected.txt" "$folder/output"
# A file that is no table of airports: refused by name and line, nothing is printed as if it had worked.
echo 'a,b' >"$folder/wrong.csv"
if "$program" memory: "$folder/wrong.csv" >"$folder/output" 2>"$folder/error"; then exit 1; fi
grep -q 'wrong.csv:1: not the header' "$folder/error"
