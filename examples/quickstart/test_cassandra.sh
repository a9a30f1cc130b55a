#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Two runs on Cassandra print what two runs on a folder do. usage: test_cassandra.sh PROGRAM JUDGE
set -euo pipefail
program=$1
here=$(dirname "$0")
source "$here/../cassandra.sh" "$2" catalog

"$program" "$url" >"$scratch/first"
"$program" "$url" >"$scratch/second"
diff -u "$here/expected-first-run.txt" "$scratch/first"
diff -u "$here/expected-second-run.txt" "$scratch/second"
