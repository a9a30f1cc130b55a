#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The whole real table on Cassandra prints what it does on a folder. usage: test_cassandra.sh PROGRAM JUDGE
set -euo pipefail
program=$1
here=$(dirname "$0")
if [[ ! -s ${COODIE_AIRPORTS_CSV:-} ]]; then
    echo "skipped: COODIE_AIRPORTS_CSV names no file (run tools/airports-csv.sh)"
    exit 77
fi
source "$here/../cassandra.sh" "$2" world

"$program" "$url" "$COODIE_AIRPORTS_CSV" >"$scratch/output"
diff -u "$here/expected.txt" "$scratch/output"
