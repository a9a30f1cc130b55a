// SPDX-License-Identifier: Apache-2.0
#include "describe_answer.hpp"

#include <coodie/codec/dynamic.hpp>

#include <array>
#include <cstdio>

namespace coodie::statements {
namespace {

std::string hex_of(BytesView bytes) {
    static constexpr char digits[] = "0123456789abcdef";
    std::string text = "0x";
    for (const std::byte byte : bytes) {
        text.push_back(digits[std::to_integer<unsigned>(byte) >> 4]);
        text.push_back(digits[std::to_integer<unsigned>(byte) & 0xF]);
    }
    return text;
}

std::string escaped(const std::string& text) {
    std::string result;
    for (const char c : text) {
        const auto code = static_cast<unsigned char>(c);
        if (code >= 0x20 && code != 0x7F) {
            result.push_back(c);
            continue;
        }
        std::array<char, 5> hex{};
        std::snprintf(hex.data(), hex.size(), "\\x%02x", static_cast<unsigned>(code));
        result += hex.data();
    }
    return result;
}

std::string cell_text(const DataType& type, const Cell& cell, bool hide) {
    if (cell.is_null()) return "null";
    if (hide) return "?";
    const bool may_be_empty =
        type.id() == TypeId::text || type.id() == TypeId::ascii || type.id() == TypeId::blob;
    if (cell.content().empty() && !may_be_empty) return "empty";
    if (check_value(type, cell.content())) return "malformed " + hex_of(cell.content());
    return escaped(format_value(type, cell));
}

std::string_view kind_name(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::configuration: return "configuration";
        case ErrorKind::invalid_query: return "invalid_query";
        case ErrorKind::validation: return "validation";
        case ErrorKind::connection: return "connection";
        case ErrorKind::timeout: return "timeout";
        case ErrorKind::server: return "server";
        case ErrorKind::unsupported: return "unsupported";
        case ErrorKind::cancelled: return "cancelled";
        case ErrorKind::migration: return "migration";
    }
    return "unknown";
}

}  // namespace

std::string wire_type_name(const DataType& type) {
    if (type.id() == TypeId::udt) return type.name();
    if (type.children().empty()) return type.to_string();
    std::string text = type.id() == TypeId::list    ? "list<"
                       : type.id() == TypeId::set   ? "set<"
                       : type.id() == TypeId::map   ? "map<"
                       : type.id() == TypeId::tuple ? "tuple<"
                                                    : "vector<";
    for (std::size_t i = 0; i < type.children().size(); ++i)
        text += (i > 0 ? ", " : "") + wire_type_name(type.children()[i]);
    if (type.id() == TypeId::vector) text += ", " + std::to_string(type.dimensions());
    return text + ">";
}

std::string columns_line(const ColumnSpecs& columns) {
    std::string text;
    for (const ColumnSpec& column : columns)
        text += (text.empty() ? "" : ", ") + escaped(column.name) + " " + wire_type_name(column.type);
    return text;
}

std::vector<std::string> row_lines(const Result& result, bool hide_values) {
    std::vector<std::string> lines;
    RowReader reader(result);
    for (std::uint32_t row = 0; row < result.row_count(); ++row) {
        std::string line;
        for (const ColumnSpec& column : result.columns()) {
            Cell cell;
            if (!reader.next(cell)) return lines.emplace_back("  malformed row"), lines;
            line += (line.empty() ? "  " : " | ") + cell_text(column.type, cell, hide_values);
        }
        lines.push_back(std::move(line));
    }
    return lines;
}

std::string error_line(const Error& error) {
    std::string text = "error ";
    if (error.kind() == ErrorKind::server) {
        std::array<char, 16> code{};
        std::snprintf(code.data(), code.size(), "0x%04x", static_cast<unsigned>(error.code()));
        text += code.data();
    } else {
        text += kind_name(error.kind());
    }
    return text + " # " + escaped(error.message());
}

}  // namespace coodie::statements
