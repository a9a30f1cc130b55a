// SPDX-License-Identifier: Apache-2.0
#include "types/identifier.hpp"

#include <algorithm>
#include <array>

namespace coodie {

namespace {

// The grammar's reserved keywords and the names of built-in types: CQL takes them as names only in quotes.
constexpr std::array<std::string_view, 90> reserved{
    "add",          "allow",   "alter",    "and",      "apply",    "asc",         "ascii",    "authorize",
    "batch",        "begin",   "bigint",   "blob",     "boolean",  "by",          "column",   "columnfamily",
    "counter",      "create",  "date",     "decimal",  "default",  "delete",      "desc",     "describe",
    "double",       "drop",    "duration", "empty",    "entries",  "execute",     "float",    "from",
    "frozen",       "full",    "grant",    "if",       "in",       "index",       "inet",     "infinity",
    "insert",       "int",     "into",     "is",       "keyspace", "limit",       "list",     "map",
    "materialized", "mbean",   "mbeans",   "modify",   "nan",      "norecursive", "not",      "null",
    "of",           "on",      "or",       "order",    "primary",  "rename",      "replace",  "revoke",
    "schema",       "select",  "set",      "smallint", "table",    "text",        "time",     "timestamp",
    "timeuuid",     "tinyint", "to",       "token",    "truncate", "tuple",       "unlogged", "unset",
    "update",       "use",     "using",    "uuid",     "varchar",  "varint",      "vector",   "view",
    "where",        "with"};

}  // namespace

std::string quoted_if_needed(std::string_view name) {
    const bool plain =
        !name.empty() && name[0] >= 'a' && name[0] <= 'z' &&
        std::ranges::all_of(name, [](char c) { return is_identifier_char(c) && (c < 'A' || c > 'Z'); });
    if (plain && std::ranges::find(reserved, name) == reserved.end()) return std::string(name);
    std::string text = "\"";
    for (const char c : name) {
        if (c == '"') text += '"';
        text += c;
    }
    return text + '"';
}

}  // namespace coodie
