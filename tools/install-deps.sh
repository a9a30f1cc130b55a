#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs what is missing from Debian 12, and nothing when nothing is missing.
# usage: tools/install-deps.sh [build] [test] [checks]   (build is always included)
set -euo pipefail

packages=(g++ cmake ninja-build ccache git ca-certificates libboost1.81-dev librocksdb-dev libfmt-dev
          libhowardhinnant-date-dev libcli11-dev libssl-dev liblz4-dev zlib1g-dev)
for group in "$@"; do
    case $group in
        build) ;;
        test) packages+=(libgtest-dev libgmock-dev python3 python3-pip procps) ;;
        checks) packages+=(clang-19 libclang-rt-19-dev llvm-19 clang-format-19 clang-tidy-19) ;;
        bench) packages+=(libbenchmark-dev) ;;
        coverage) packages+=(gcovr) ;;
        *) echo "install-deps: unknown group '$group' (build, test, checks, bench, coverage)" >&2; exit 2 ;;
    esac
done

missing=()
for package in "${packages[@]}"; do
    # One look at dpkg's database a package: quick enough to do each time, and a second run installs nothing.
    if [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) != installed ]]; then
        missing+=("$package")
    fi
done
if ((${#missing[@]} == 0)); then exit 0; fi

if ((EUID != 0)); then
    echo "install-deps: missing packages; as root, run: apt-get install ${missing[*]}" >&2
    exit 1
fi
echo "installing: ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
