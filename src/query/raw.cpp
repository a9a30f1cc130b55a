// SPDX-License-Identifier: Apache-2.0
#include <coodie/query/raw.hpp>
#include <coodie/query/raw_page.hpp>

#include <coodie/codec/dynamic.hpp>
#include <coodie/query/explain.hpp>
#include <coodie/types/error.hpp>

#include "query/clauses.hpp"

#include <algorithm>
#include <cctype>
#include <variant>

namespace coodie::query {
namespace {

bool is_word(char c) noexcept { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

/// Takes the next bare word off `rest`, in upper case; quoted text and comments are no words. "" at the end.
std::string take_word(std::string_view& rest) {
    while (!rest.empty()) {
        const char c = rest.front();
        if (c == '\'' || c == '"') {
            const std::size_t end = rest.find(c, 1);
            rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        } else if (rest.starts_with("--") || rest.starts_with("//")) {
            rest.remove_prefix(std::min(rest.find('\n'), rest.size()));
        } else if (rest.starts_with("/*")) {
            const std::size_t end = rest.find("*/", 2);
            rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 2);
        } else if (is_word(c)) {
            std::string word;
            while (!rest.empty() && is_word(rest.front())) {
                word += static_cast<char>(std::toupper(static_cast<unsigned char>(rest.front())));
                rest.remove_prefix(1);
            }
            return word;
        } else {
            rest.remove_prefix(1);
        }
    }
    return {};
}

bool has_word(std::string_view rest, std::string_view wanted) {
    for (std::string word = take_word(rest); !word.empty(); word = take_word(rest))
        if (word == wanted) return true;
    return false;
}

/// What a driver has to know of a statement that it did not make.
StatementKind kind_of(std::string_view cql) {
    std::string_view rest = cql;
    const std::string verb = take_word(rest);
    if (verb == "SELECT") return StatementKind::select;
    if (verb == "CREATE" || verb == "ALTER" || verb == "DROP") return StatementKind::schema;
    if (verb == "TRUNCATE") return StatementKind::truncate;
    const bool write = verb == "INSERT" || verb == "UPDATE" || verb == "DELETE";
    if (!write) return StatementKind::other;
    if (has_word(rest, "IF")) return StatementKind::conditional;
    if (verb == "INSERT") return StatementKind::insert;
    return verb == "UPDATE" ? StatementKind::update : StatementKind::remove;
}

StatementText text_of(std::string_view cql, const std::vector<DataType>& types,
                      std::vector<std::uint16_t> routing_key) {
    ShapeKey key;
    key.add('r').add(cql);
    for (const DataType& type : types) key.add(type.to_string());
    for (const std::uint16_t position : routing_key) key.add(position);
    return shape_text(
        key, [&] { return StatementText(std::string(cql), kind_of(cql), types, std::move(routing_key)); });
}

std::string in_order(std::size_t i) { return "value " + std::to_string(i + 1); }

/// The arguments as the parameters' types.
Bytes converted(const RawArguments& arguments, const ColumnSpecs& parameters) {
    Bytes out;
    out.reserve(arguments.values().size());
    wire::ValueReader reader(arguments.values(), "arguments");
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        const Cell cell = reader.read();
        const std::size_t at = out.size();
        if (cell.is_null()) {
            wire::append(out, wire::null_length);
            continue;
        }
        wire::append(out, static_cast<std::int32_t>(cell.content().size()));
        wire::append(out, cell.content());
        try {
            convert_value(arguments.types()[i], parameters[i].type, out, at);
        } catch (const ValidationError& error) {
            throw ValidationError("execute_raw: " + in_order(i) + ", for " + parameters[i].name + ": " +
                                  error.what());
        }
    }
    return out;
}

ExecutionOptions raw_execution(const RawOptions& options, StatementKind kind) {
    ExecutionOptions execution;
    execution.consistency = options.consistency;
    set_serial(execution, options.serial_consistency);
    execution.timeout = options.timeout;
    if (options.fetch_size && *options.fetch_size < 1)
        throw InvalidQueryError("fetch_size of execute_raw must be 1 or more, got " +
                                std::to_string(*options.fetch_size));
    execution.page_size = options.fetch_size;
    execution.idempotent = options.idempotent || kind == StatementKind::select;
    execution.tracing = options.tracing;
    return execution;
}

void append_raw(BoundValues& values, Bytes bytes, std::size_t count) {
    values.buffer() = std::move(bytes);
    for (std::size_t i = 0; i < count; ++i) values.count_one();
}

}  // namespace

Description described(std::variant<Description, Error> answer) {
    if (const Error* error = std::get_if<Error>(&answer))
        raise(explained(*error, {.operation = "execute_raw"}));
    return std::move(*std::get_if<Description>(&answer));
}

StatementText raw_text(std::string_view cql, const RawArguments& arguments) {
    return text_of(cql, arguments.types(), {});
}

Statement raw_statement(StatementText text, const RawArguments& arguments, const Description* description,
                        const RawOptions& options) {
    BoundValues values;
    if (arguments.size() > 0) {
        const std::size_t expected = description->parameters.size();
        const std::string& cql = text.cql();
        if (expected != 0 && expected != arguments.size())
            throw InvalidQueryError("execute_raw: this statement takes " + std::to_string(expected) +
                                    " values, got " + std::to_string(arguments.size()) + ": " + cql);
        append_raw(values, expected == 0 ? arguments.values() : converted(arguments, description->parameters),
                   arguments.size());
        std::vector<DataType> types;
        for (const ColumnSpec& parameter : description->parameters) types.push_back(parameter.type);
        if (expected != 0 && (types != arguments.types() || !description->routing_key.empty()))
            text = text_of(cql, types, description->routing_key);
    }
    const StatementKind kind = text.kind();
    Statement statement(std::move(text), std::move(values), raw_execution(options, kind));
    if (!options.keyspace.empty()) statement.set_keyspace(std::string(options.keyspace));
    return statement;
}

Statement raw_statement(Driver& driver, std::string_view cql, const RawArguments& arguments,
                        const RawOptions& options) {
    StatementText text = raw_text(cql, arguments);
    if (arguments.size() == 0) return raw_statement(std::move(text), arguments, nullptr, options);
    const Description description = described(driver.describe(text));
    return raw_statement(std::move(text), arguments, &description, options);
}

void refuse_several_raw() {
    throw MultipleDocumentsFound("execute_raw: the statement gave several rows where one() expects one");
}

void read_value(const ColumnSpec& column, Cell cell, const DataType& target, void (*decode)(void*, Cell),
                void* value) {
    try {
        if (cell.is_null() || column.type.frozen() == target.frozen()) return decode(value, cell);
        Bytes bytes;
        wire::append(bytes, static_cast<std::int32_t>(cell.content().size()));
        wire::append(bytes, cell.content());
        convert_value(column.type, target, bytes, 0, Rearrangement::Extra::drop);
        decode(value, Cell(BytesView(bytes).subspan(4)));
    } catch (const ValidationError& error) {
        throw ValidationError("column " + column.name + ": " + error.what());
    }
}

}  // namespace coodie::query

namespace coodie {

std::string Value::to_string() const { return format_value(column_->type, cell_); }

Value Row::operator[](std::size_t position) const {
    if (position >= cells_.size())
        throw InvalidQueryError("a row of " + std::to_string(cells_.size()) +
                                " columns has none at position " + std::to_string(position));
    return {page_.columns()[position], cells_[position]};
}

Value Row::operator[](std::string_view column) const {
    const ColumnSpecs& columns = page_.columns();
    std::string names;
    for (std::size_t i = 0; i < cells_.size(); ++i) {
        if (columns[i].name == column) return {columns[i], cells_[i]};
        names += (i == 0 ? "" : ", ") + columns[i].name;
    }
    throw InvalidQueryError("the row has no column \"" + std::string(column) + "\"; it has " + names);
}

bool Row::has(std::string_view column) const noexcept {
    for (std::size_t i = 0; i < cells_.size(); ++i)
        if (page_.columns()[i].name == column) return true;
    return false;
}

void Row::read(const Result& page, RowReader& reader) {
    page_ = page;
    cells_.resize(page.columns().size());
    for (Cell& cell : cells_)
        if (!reader.next(cell)) throw DriverError("a result is malformed: a row ends within a value");
}

}  // namespace coodie
