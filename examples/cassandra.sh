# SPDX-License-Identifier: Apache-2.0
# For the examples' tests on a real Cassandra: source it with the judge program (tests/judge/judge_cql.cpp) and the
# example's keyspace. Skips the test without a node; the keyspace is dropped before and after. Sets $url and $scratch.
judge=$1
keyspace=$2
if [[ -z ${COODIE_CASSANDRA:-} ]]; then
    echo "skipped: no Cassandra (COODIE_CASSANDRA=HOST:PORT names one, tools/cassandra starts one)"
    exit 77
fi
url=cassandra://$COODIE_CASSANDRA
scratch=$(mktemp -d)
drop() { "$judge" "$COODIE_CASSANDRA" "DROP KEYSPACE IF EXISTS $keyspace" >/dev/null; }
drop
trap 'drop; rm -rf "$scratch"' EXIT
