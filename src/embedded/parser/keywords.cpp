// SPDX-License-Identifier: Apache-2.0
#include "embedded/parser/keywords.hpp"

#include <algorithm>
#include <array>

namespace coodie::embedded {

namespace {

constexpr auto reserved = std::to_array<std::string_view>(
    {"add",      "allow",       "alter",        "and",    "apply",    "asc",   "authorize",    "batch",
     "begin",    "by",          "columnfamily", "create", "delete",   "desc",  "describe",     "drop",
     "entries",  "execute",     "from",         "full",   "grant",    "if",    "in",           "index",
     "infinity", "insert",      "into",         "is",     "keyspace", "limit", "materialized", "modify",
     "nan",      "norecursive", "not",          "null",   "of",       "on",    "or",           "order",
     "primary",  "rename",      "revoke",       "schema", "select",   "set",   "table",        "to",
     "token",    "truncate",    "unlogged",     "update", "use",      "using", "view",         "where",
     "with"});
static_assert(std::is_sorted(reserved.begin(), reserved.end()));

}  // namespace

bool is_reserved(std::string_view word) noexcept {
    return std::binary_search(reserved.begin(), reserved.end(), word);
}

}  // namespace coodie::embedded
