// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/codec/codec.hpp>
#include <coodie/driver/result.hpp>
#include <coodie/types/bytes.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace coodie {

/// One column of scripted rows.
struct MockColumn {
    MockColumn(std::string_view column, DataType column_type) : name(column), type(std::move(column_type)) {}
    MockColumn(std::string_view column, TypeId column_type) : name(column), type(column_type) {}
    /// `cql_type` as in CREATE TABLE: "map<text, int>". Throws ValidationError when it is no type.
    MockColumn(std::string_view column, std::string_view cql_type);
    MockColumn(std::string_view column, const char* cql_type)
        : MockColumn(column, std::string_view(cql_type)) {}

    std::string name;
    DataType type;
};

/// One scripted value: anything that a model's field can hold, nullptr for null. An integer fits every
/// integer column.
class MockValue {
public:
    MockValue(std::nullptr_t) noexcept {}                               // NOLINT(google-explicit-constructor)
    MockValue(const char* text) : MockValue(std::string_view(text)) {}  // NOLINT(google-explicit-constructor)
    MockValue(std::string_view text);                                   // NOLINT(google-explicit-constructor)
    template <class T>
        requires CqlValue<T>
    MockValue(const T& value) : type_(Codec<T>::type()) {  // NOLINT(google-explicit-constructor)
        encode_value(value, cell_);
        if constexpr (std::integral<T> && !std::same_as<T, bool>) integer_ = static_cast<std::int64_t>(value);
    }

    /// Appends `[int] length + content` for a column of `type`; throws ValidationError when the value is of
    /// another type.
    void append_to(Bytes& out, const MockColumn& column) const;

private:
    std::optional<DataType> type_;  ///< none: null
    Bytes cell_;                    ///< [int] length + content
    std::optional<std::int64_t> integer_;
};

/// Rows that a MockDriver answers with.
///
///     MockRows rows({{"id", TypeId::uuid}, {"tags", "set<text>"}});
///     rows.row({id, std::set<std::string>{"a"}}).row({other, nullptr});
class MockRows {
public:
    MockRows(std::initializer_list<MockColumn> columns) : columns_(columns) {}
    explicit MockRows(std::vector<MockColumn> columns) : columns_(std::move(columns)) {}
    /// No columns: an answer without rows.
    MockRows() = default;

    /// Appends a row with one value for each column. Throws ValidationError when count or types differ.
    MockRows& row(std::initializer_list<MockValue> values);
    /// The same from CQL literals: {"'ann'", "5", "[1, 2]", "null"}.
    MockRows& row_of_literals(const std::vector<std::string_view>& literals);

    [[nodiscard]] const std::vector<MockColumn>& columns() const noexcept { return columns_; }
    [[nodiscard]] std::uint32_t row_count() const noexcept {
        return static_cast<std::uint32_t>(row_ends_.size());
    }

    /// A result of rows [first, last); its body is a copy. No rows and no columns: a Result without rows.
    [[nodiscard]] Result result(std::uint32_t first, std::uint32_t last, Bytes paging_state = {}) const;
    [[nodiscard]] Result result() const { return result(0, row_count()); }

private:
    void check_count(std::size_t given) const;

    std::vector<MockColumn> columns_;
    Bytes body_;
    std::vector<std::size_t> row_ends_;  ///< offsets into body_ just behind each row
};

}  // namespace coodie
