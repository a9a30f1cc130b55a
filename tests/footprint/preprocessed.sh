#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# <coodie/sync.hpp> names neither Asio nor RocksDB, nor any other third-party library. usage: preprocessed.sh CXX INCLUDE FILE
set -euo pipefail
text=$("$1" -std=c++20 -I "$2" -E "$3")
# Also <iostream>, whose static initialiser every file that includes it pays.
for word in asio rocksdb openssl 'fmt/' boost '/iostream"'; do
    if grep -iqF "$word" <<<"$(grep -v '^# .*one_model.cpp' <<<"$text")"; then
        echo "the preprocessed text names '$word':" >&2
        grep -iF -m 3 "$word" <<<"$text" >&2
        exit 1
    fi
done
echo "$(wc -l <<<"$text") lines"
