// SPDX-License-Identifier: Apache-2.0
#include <coodie/cql/identifier.hpp>

namespace coodie::cql {
namespace {

void append_with_doubled(std::string& out, std::string_view text, char quote_mark) {
    out += quote_mark;
    for (const char c : text) {
        if (c == quote_mark) out += quote_mark;
        out += c;
    }
    out += quote_mark;
}

}  // namespace

void append_quoted(std::string& out, std::string_view identifier) {
    append_with_doubled(out, identifier, '"');
}

std::string quote(std::string_view identifier) {
    std::string out;
    out.reserve(identifier.size() + 2);
    append_quoted(out, identifier);
    return out;
}

std::string text_literal(std::string_view text) {
    std::string out;
    out.reserve(text.size() + 2);
    append_with_doubled(out, text, '\'');
    return out;
}

std::string TableName::cql() const {
    return keyspace.empty() ? quote(name) : quote(keyspace) + '.' + quote(name);
}

}  // namespace coodie::cql
