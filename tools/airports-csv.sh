#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Prints the path of the airports table (CSV) that the PyPI package airportsdata ships; fetches the package once.
set -euo pipefail
version=20260905
cache=${XDG_CACHE_HOME:-$HOME/.cache}/coodie
csv=$cache/airports-$version.csv
if [[ ! -s $csv ]]; then
    mkdir -p "$cache"
    work=$(mktemp -d "$cache/fetch.XXXXXX")
    trap 'rm -rf "$work"' EXIT
    python3 -m pip download --quiet --disable-pip-version-check --no-deps --dest "$work" "airportsdata==$version" >&2
    python3 - "$work" "$csv.part" <<'PYTHON'
import glob, sys, zipfile
wheel, = glob.glob(sys.argv[1] + "/*.whl")
with zipfile.ZipFile(wheel) as archive, open(sys.argv[2], "wb") as out:
    out.write(archive.read("airportsdata/airports.csv"))
PYTHON
    mv "$csv.part" "$csv"
fi
echo "$csv"
