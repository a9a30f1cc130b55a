#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Usage: run.sh COMPILER FILE INCLUDE_FOLDER WORK
#        run.sh COMPILER --precompile INCLUDE_FOLDER WORK   precompiles <coodie/sync.hpp> for the others into WORK
#
# FILE holds one mistake and one or more lines `// expect: sentence`. Passes when the compiler refuses FILE, its first
# error is one of the sentences and it says all of them; and when FILE compiles with -DFIXED, so that nothing but the
# mistake was the reason.
set -u
compiler=$1
file=$2
include=$3
work=$4
flags="-std=c++20 -w -fno-diagnostics-color -I $include"
if [ "$file" = --precompile ]; then
    mkdir -p "$work"
    printf '#include <coodie/sync.hpp>\n#include <map>\n#include <set>\n' >"$work/sync.hpp"
    # GCC looks for sync.hpp.gch, Clang takes either name.
    # shellcheck disable=SC2086
    exec $compiler $flags -x c++-header "$work/sync.hpp" -o "$work/sync.hpp.gch"
fi
# The precompiled header makes these tests three times as quick; a mistake that it would hide can't be: it only holds
# what each file includes anyway.
flags="-fsyntax-only $flags"
if [ -f "$work/sync.hpp.gch" ]; then flags="$flags -include $work/sync.hpp"; fi
expected=$(sed -n 's,^ *// expect: ,,p' "$file")
[ -n "$expected" ] || { echo "$file: no line '// expect: sentence'"; exit 1; }

# shellcheck disable=SC2086
if said=$($compiler $flags "$file" 2>&1); then
    echo "$file: compiles, but must not"
    exit 1
fi
failed=0
echo "$expected" | {
    missing=0
    while read -r sentence; do
        case $said in
        *"$sentence"*) ;;
        *) echo "$file: the compiler does not say: $sentence"; missing=1 ;;
        esac
    done
    exit $missing
} || failed=1
first=$(echo "$said" | grep -m 1 'error: ')
echo "$expected" | {
    while read -r sentence; do
        case $first in *"$sentence"*) exit 0 ;; esac
    done
    echo "$file: the first error is another one: $first"
    exit 1
} || failed=1
[ $failed -eq 0 ] || { echo "$said" | head -40; exit 1; }

# shellcheck disable=SC2086
$compiler $flags -DFIXED "$file" || { echo "$file: does not compile with -DFIXED either"; exit 1; }
