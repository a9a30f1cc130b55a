// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/codec/codec.hpp>
#include <coodie/driver/options.hpp>
#include <coodie/driver/statement.hpp>
#include <coodie/types/bytes.hpp>
#include <coodie/types/data_type.hpp>
#include <coodie/types/error.hpp>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace coodie::cql {

/// A value with its CQL type, which follows from the C++ type: std::int32_t is int, std::int64_t bigint,
/// std::string text, std::vector<T> list<T>, ... Give the type of the column: an int bound to a bigint is
/// refused by the database.
class Value {
public:
    Value(const char* text) : Value(std::string_view(text)) {}  // NOLINT(google-explicit-constructor)
    Value(std::string_view text);                               // NOLINT(google-explicit-constructor)
    /// Null.
    Value(std::nullptr_t);  // NOLINT(google-explicit-constructor)
    template <class T>
        requires CqlValue<T>
    Value(const T& value) : type_(Codec<T>::type()) {  // NOLINT(google-explicit-constructor)
        encode_value(value, cell_);
    }
    /// A value of a type that is known at run time; nullopt: null.
    Value(DataType type, std::optional<BytesView> content);
    /// Leaves the column as it is, without a tombstone (semantics rule 1). In a key or a condition the
    /// database refuses it.
    [[nodiscard]] static Value unset();

    [[nodiscard]] const DataType& type() const noexcept { return type_; }
    /// [int] length + content; -1 for null, -2 for unset.
    [[nodiscard]] const Bytes& cell() const noexcept { return cell_; }
    /// As a CQL literal: `5`, `'it''s'`, `null`; "unset" for an unset one.
    [[nodiscard]] std::string to_string() const;

private:
    DataType type_ = TypeId::blob;
    Bytes cell_;
};

/// Appends the values' cells.
void bind(BoundValues& out, const std::vector<Value>& values);

/// A time to live: 0 to 630720000 s (semantics rule 12). Throws ValidationError outside.
[[nodiscard]] Value ttl_value(std::chrono::seconds ttl);
/// Microseconds since 1970.
[[nodiscard]] Value timestamp_value(WriteTime time);
/// A LIMIT: at least 1. Throws ValidationError below, and above the largest int.
[[nodiscard]] Value limit_value(std::int64_t rows);

}  // namespace coodie::cql
