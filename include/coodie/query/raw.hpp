// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/driver/driver.hpp>
#include <coodie/model/model.hpp>
#include <coodie/query/dynamic.hpp>
#include <coodie/query/row_decoder.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace coodie {

/// For `execute_raw`. Trivially destructible; text is borrowed for the call only.
struct RawOptions {
    std::string_view driver{};                 ///< a name in the registry; "": the default one
    std::string_view keyspace{};               ///< of names that the CQL leaves unqualified; "": the driver's
    std::optional<std::int32_t> fetch_size{};  ///< rows per page, 1 or more
    std::optional<Consistency> consistency{};
    std::optional<Consistency> serial_consistency{};
    std::optional<std::chrono::milliseconds> timeout{};
    bool idempotent{};  ///< whether it may be sent twice; a SELECT may anyway (semantics rule 15)
    bool tracing{};     ///< whether the cluster records how it executed it: Rows::tracing_id()
};
static_assert(std::is_trivially_destructible_v<RawOptions>);

namespace query {

/// The arguments of a statement made by hand, each as its own CQL type.
class RawArguments {
public:
    template <class... V>
    static RawArguments of(const V&... values) {
        RawArguments arguments;
        arguments.types_.reserve(sizeof...(V));
        (arguments.add(values), ...);
        return arguments;
    }
    [[nodiscard]] std::size_t size() const noexcept { return types_.size(); }
    [[nodiscard]] const std::vector<DataType>& types() const noexcept { return types_; }
    /// One `[int] length + content` each.
    [[nodiscard]] const Bytes& values() const noexcept { return values_; }

private:
    template <class V>
    void add(const V& value) {
        types_.push_back(append_natural(static_cast<const stored_or_same_t<V>&>(value), values_));
    }
    template <class V>
    using stored_or_same_t = std::conditional_t<std::is_array_v<V>, std::string, V>;

    Bytes values_;
    std::vector<DataType> types_;
};

/// A statement made by hand. Asks the driver for the parameters' types when there are some, and converts the
/// arguments to them. Throws InvalidQueryError for a wrong number of arguments, ValidationError for one that
/// does not fit, and what the driver reports.
[[nodiscard]] Statement raw_statement(Driver& driver, std::string_view cql, const RawArguments& arguments,
                                      const RawOptions& options);
/// The two halves of it: what to ask the driver about when there are arguments, and what its answer makes of
/// them. `description` may be null when there are none.
[[nodiscard]] StatementText raw_text(std::string_view cql, const RawArguments& arguments);
[[nodiscard]] Statement raw_statement(StatementText text, const RawArguments& arguments,
                                      const Description* description, const RawOptions& options);
/// What a driver says of a statement; throws the error that it gives instead.
[[nodiscard]] Description described(std::variant<Description, Error> answer);

/// Gives `cell`, converted from its column's type to `target`, to `decode`. Throws ValidationError naming the
/// column.
void read_value(const ColumnSpec& column, Cell cell, const DataType& target, void (*decode)(void*, Cell),
                void* value);

}  // namespace query

/// One value of a row: knows its column. Borrows from its row.
class Value {
public:
    Value(const ColumnSpec& column, Cell cell) : column_(&column), cell_(cell) {}

    [[nodiscard]] bool is_null() const noexcept { return cell_.is_null(); }
    [[nodiscard]] const ColumnSpec& column() const noexcept { return *column_; }
    [[nodiscard]] Cell cell() const noexcept { return cell_; }
    /// The value as T: its own type, or one that it can be converted to without loss. Throws ValidationError
    /// naming the column otherwise, also for a null that T cannot hold.
    template <CqlValue T>
    [[nodiscard]] T as() const {
        T value{};
        query::read_value(
            *column_, cell_, Codec<T>::type(),
            [](void* to, Cell from) { decode_value(from, *static_cast<T*>(to)); }, &value);
        return value;
    }
    /// As a CQL literal: 5, 'it''s', null.
    [[nodiscard]] std::string to_string() const;

private:
    const ColumnSpec* column_;
    Cell cell_;
};

/// One row without a model. Shares its page's bytes; cheap to move.
class Row {
public:
    Row() = default;

    [[nodiscard]] std::size_t size() const noexcept { return cells_.size(); }
    /// Throws InvalidQueryError when there is no such position or column, naming those there are.
    [[nodiscard]] Value operator[](std::size_t position) const;
    [[nodiscard]] Value operator[](std::string_view column) const;
    [[nodiscard]] bool has(std::string_view column) const noexcept;

    /// The next row of `reader` into this one; for the fronts. Throws DriverError when the bytes are
    /// malformed.
    void read(const Result& page, RowReader& reader);

private:
    Result page_;
    std::vector<Cell> cells_;
};

}  // namespace coodie
