// SPDX-License-Identifier: Apache-2.0
#include <coodie/mock/mock_rows.hpp>

#include <coodie/codec/dynamic.hpp>
#include <coodie/codec/wire.hpp>
#include <coodie/types/error.hpp>

#include <memory>
#include <utility>

namespace coodie {
namespace {

void append_content(Bytes& out, BytesView content) {
    wire::append(out, static_cast<std::int32_t>(content.size()));
    out.insert(out.end(), content.begin(), content.end());
}

void append_literal(Bytes& out, const MockColumn& column, std::string_view literal) {
    if (literal == "null") return wire::append(out, wire::null_length);
    std::string reason;
    const std::optional<Bytes> content = parse_value(column.type, literal, reason);
    if (!content)
        throw ValidationError("MockRows: " + std::string(literal) + " is no value for column \"" +
                              column.name + "\" (" + column.type.to_string() + "): " + reason);
    append_content(out, *content);
}

bool holds_integers(TypeId id) noexcept {
    switch (id) {
        case TypeId::tinyint:
        case TypeId::smallint:
        case TypeId::int_:
        case TypeId::bigint:
        case TypeId::counter:
        case TypeId::varint: return true;
        default: return false;
    }
}

// Frozen or not is the same on the wire; ascii and text are the same for what a test writes.
bool same_on_the_wire(const DataType& a, const DataType& b) {
    if (a.frozen() == b.frozen()) return true;
    return a.id() == TypeId::text && b.id() == TypeId::ascii;
}

}  // namespace

MockColumn::MockColumn(std::string_view column, std::string_view cql_type)
    : name(column), type(TypeId::text) {
    std::optional<DataType> parsed = DataType::parse(cql_type);
    if (!parsed)
        throw ValidationError("MockColumn \"" + name + "\": \"" + std::string(cql_type) +
                              "\" is no CQL type");
    type = *std::move(parsed);
}

MockValue::MockValue(std::string_view text) : type_(TypeId::text) {
    append_content(cell_, std::as_bytes(std::span(text)));
}

void MockValue::append_to(Bytes& out, const MockColumn& column) const {
    if (!type_) return wire::append(out, wire::null_length);
    if (integer_ && holds_integers(column.type.id()))
        return append_literal(out, column, std::to_string(*integer_));
    if (!same_on_the_wire(*type_, column.type))
        throw ValidationError("MockRows: a value of type " + type_->to_string() +
                              " is no value for column \"" + column.name + "\" (" + column.type.to_string() +
                              ")");
    out.insert(out.end(), cell_.begin(), cell_.end());
}

void MockRows::check_count(std::size_t given) const {
    if (given != columns_.size())
        throw ValidationError("MockRows: a row has " + std::to_string(given) + " values, there are " +
                              std::to_string(columns_.size()) + " columns");
}

MockRows& MockRows::row(std::initializer_list<MockValue> values) {
    check_count(values.size());
    Bytes row;
    const MockColumn* column = columns_.data();
    for (const MockValue& value : values) value.append_to(row, *column++);
    body_.insert(body_.end(), row.begin(), row.end());
    row_ends_.push_back(body_.size());
    return *this;
}

MockRows& MockRows::row_of_literals(const std::vector<std::string_view>& literals) {
    check_count(literals.size());
    Bytes row;
    const MockColumn* column = columns_.data();
    for (const std::string_view literal : literals) append_literal(row, *column++, literal);
    body_.insert(body_.end(), row.begin(), row.end());
    row_ends_.push_back(body_.size());
    return *this;
}

Result MockRows::result(std::uint32_t first, std::uint32_t last, Bytes paging_state) const {
    if (columns_.empty()) return Result();
    auto specs = std::make_shared<ColumnSpecs>();
    for (const MockColumn& column : columns_) specs->push_back({"", "", column.name, column.type});
    const std::size_t begin = first == 0 ? 0 : row_ends_[first - 1];
    const std::size_t end = last == 0 ? 0 : row_ends_[last - 1];
    const BytesView rows = BytesView(body_).subspan(begin, end - begin);
    auto body = std::make_shared<const Bytes>(rows.begin(), rows.end());
    const BytesView view(*body);
    return Result(std::move(specs), std::move(body), view, last - first, std::move(paging_state));
}

}  // namespace coodie
