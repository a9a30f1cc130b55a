// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace coodie {

/// The CQL types. Values are the option ids of the native protocol (v4 specification, section 4.2.5.2), save
/// `vector` and `empty`, which the protocol sends as a custom type (0x0000 with a Java class name).
enum class TypeId : std::uint16_t {
    custom = 0x0000,
    ascii = 0x0001,
    bigint = 0x0002,
    blob = 0x0003,
    boolean = 0x0004,
    counter = 0x0005,
    decimal = 0x0006,
    double_ = 0x0007,
    float_ = 0x0008,
    int_ = 0x0009,
    timestamp = 0x000B,
    uuid = 0x000C,
    text = 0x000D,
    varint = 0x000E,
    timeuuid = 0x000F,
    inet = 0x0010,
    date = 0x0011,
    time = 0x0012,
    smallint = 0x0013,
    tinyint = 0x0014,
    duration = 0x0015,
    list = 0x0020,
    map = 0x0021,
    set = 0x0022,
    udt = 0x0030,
    tuple = 0x0031,
    vector = 0xFF01,
};

/// A CQL type known at run time: what a column of a result or of a table has. A small immutable value (one
/// reference-counted node for nested types, none for simple ones); any thread may read it.
class DataType {
public:
    DataType(TypeId simple) noexcept
        : id_(simple) {}  // NOLINT(google-explicit-constructor): TypeId::int_ is a type
    static DataType list(DataType element);
    static DataType set(DataType element);
    static DataType map(DataType key, DataType value);
    static DataType tuple(std::vector<DataType> elements);
    static DataType vector(DataType element, std::uint32_t dimensions);
    static DataType udt(std::string keyspace, std::string name, std::vector<std::string> field_names,
                        std::vector<DataType> field_types);
    static DataType custom(std::string class_name);
    /// The same type, frozen. A no-op for simple types, tuples and vectors (always frozen).
    [[nodiscard]] DataType frozen() const;

    [[nodiscard]] TypeId id() const noexcept { return id_; }
    [[nodiscard]] bool is_frozen() const noexcept { return frozen_; }
    /// list, set or map.
    [[nodiscard]] bool is_collection() const noexcept {
        return id_ == TypeId::list || id_ == TypeId::set || id_ == TypeId::map;
    }
    /// A non-frozen list, set, map or UDT: its elements are cells of their own.
    [[nodiscard]] bool is_multi_cell() const noexcept {
        return !frozen_ && (is_collection() || id_ == TypeId::udt);
    }
    /// Element types: 1 for list, set and vector, 2 for map, n for tuple and UDT, none otherwise.
    [[nodiscard]] const std::vector<DataType>& children() const noexcept;
    /// A vector's number of elements; 0 otherwise.
    [[nodiscard]] std::uint32_t dimensions() const noexcept;
    /// A UDT's keyspace ("" when unknown), name and field names; a custom type's class name is `name()`.
    [[nodiscard]] const std::string& keyspace() const noexcept;
    [[nodiscard]] const std::string& name() const noexcept;
    [[nodiscard]] const std::vector<std::string>& field_names() const noexcept;

    /// CQL, as system_schema.columns spells it: `map<text, frozen<list<int>>>`, `frozen<address>`,
    /// `vector<float, 3>`. A UDT's name is double-quoted when it has to be.
    [[nodiscard]] std::string to_string() const;
    /// Reads CQL as `to_string` writes it (any case, any white space). A name that is no built-in type
    /// becomes a UDT without fields. nullopt when the text is no type. Nesting is limited to 64 levels.
    static std::optional<DataType> parse(std::string_view cql);

    /// Structural equality: kind, frozen flag, children; a UDT's name and fields, too (not its keyspace).
    friend bool operator==(const DataType& a, const DataType& b) noexcept;

private:
    struct Node;
    std::shared_ptr<const Node> node_;
    TypeId id_;
    bool frozen_ = false;
};

}  // namespace coodie
