// SPDX-License-Identifier: Apache-2.0
// What a statement writes to the cells of one row.
#include "embedded/catalog/refuse.hpp"
#include "embedded/engine/modify.hpp"
#include "embedded/engine/wire.hpp"

#include <string>

namespace coodie::embedded {

namespace {

Error bad_element(const Column& column) {
    return invalid_request("Invalid value for an element of column " + column.name + " of type " +
                           column.type.to_string());
}

/// A smallint, as paths of UDT fields are.
std::array<std::byte, 2> field_path(std::uint16_t field) {
    return {static_cast<std::byte>(field >> 8U), static_cast<std::byte>(field & 0xFFU)};
}

}  // namespace

std::optional<Error> Modifier::apply(const Write& write, const BoundOperation& operation,
                                     const storage::Row* old) {
    const auto& column = *operation.column;
    switch (operation.kind) {
        case OperationKind::set: return set(write, operation);
        case OperationKind::append:
        case OperationKind::prepend:
            return operation.value.is_value() ? put_elements(write, operation) : std::nullopt;
        case OperationKind::discard: return discard(write, operation, old);
        case OperationKind::set_element:
        case OperationKind::discard_element: {
            if (!operation.key.is_value())
                return invalid_request("Invalid null value for an element of column " + column.name);
            const auto value = operation.kind == OperationKind::set_element ? operation.value : Value{};
            return put_one(write, column, column.type.children()[0], operation.key.content, value);
        }
        case OperationKind::set_field:
            return put_one(write, column, TypeId::smallint, field_path(operation.field), operation.value);
        case OperationKind::set_index:
        case OperationKind::discard_index: return change_at_index(write, operation, old);
        case OperationKind::add:
        case OperationKind::subtract: return count(write, operation);
    }
    return std::nullopt;
}

std::optional<Error> Modifier::set(const Write& write, const BoundOperation& operation) {
    const auto& column = *operation.column;
    if (!column.type.is_multi_cell()) {
        if (operation.value.is_value()) {
            mutation_.put_cell(column.id, write.live, operation.value.content);
        } else {
            mutation_.delete_cell(column.id, write.deletion);
        }
        return std::nullopt;
    }
    // Replacing: what was there goes one microsecond earlier, so that the new elements stay (semantics rule
    // 10).
    auto deletion = write.deletion;
    if (write.plan.kind != ModificationKind::remove) --deletion.timestamp;
    mutation_.delete_elements(column.id, deletion);
    return operation.value.is_value() ? put_elements(write, operation) : std::nullopt;
}

std::optional<Error> Modifier::put_one(const Write& write, const Column& column, const DataType& path_type,
                                       BytesView path, const Value& value) {
    if (!storage::CellPath::make(path_type, path, path_)) return bad_element(column);
    if (value.is_value()) {
        mutation_.put_element(column.id, path_, write.live, value.content);
    } else {
        mutation_.delete_element(column.id, path_, write.deletion);
    }
    return std::nullopt;
}

std::optional<Error> Modifier::put_elements(const Write& write, const BoundOperation& operation) {
    const auto& column = *operation.column;
    if (column.type.id() == TypeId::udt) return put_fields(write, operation);
    ByteReader in(operation.value.content);
    if (operation.value.content.empty()) return std::nullopt;
    const auto count = in.i32();
    if (count < 0) return bad_element(column);
    if (column.type.id() == TypeId::list) {
        const auto size = static_cast<std::size_t>(count);
        const auto first = operation.kind == OperationKind::prepend ? clock_->prepend_ticks(size)
                                                                    : clock_->append_ticks(size);
        return put_list(write, operation, first);
    }
    for (std::int32_t i = 0; i < count; ++i) {
        const auto key = in.sized();
        const auto value = column.type.id() == TypeId::map ? in.sized() : BytesView{};
        if (!in.ok()) return bad_element(column);
        if (auto error = put_one(write, column, column.type.children()[0], key, Value::of(value)))
            return error;
    }
    return std::nullopt;
}

std::optional<Error> Modifier::put_list(const Write& write, const BoundOperation& operation,
                                        std::int64_t first_tick) {
    ByteReader in(operation.value.content);
    const auto count = in.i32();
    for (std::int32_t i = 0; i < count; ++i) {
        const auto value = in.sized();
        if (!in.ok()) return bad_element(*operation.column);
        const auto path = Clock::list_path(first_tick + i);
        if (auto error = put_one(write, *operation.column, TypeId::timeuuid, path, Value::of(value)))
            return error;
    }
    return std::nullopt;
}

std::optional<Error> Modifier::put_fields(const Write& write, const BoundOperation& operation) {
    ByteReader in(operation.value.content);
    for (std::uint16_t field = 0; !in.rest().empty(); ++field) {
        const auto size = in.i32();
        if (size < 0 && in.ok()) continue;
        const auto value = in.take(static_cast<std::size_t>(size));
        if (!in.ok()) return bad_element(*operation.column);
        if (auto error =
                put_one(write, *operation.column, TypeId::smallint, field_path(field), Value::of(value)))
            return error;
    }
    return std::nullopt;
}

std::optional<Error> Modifier::discard(const Write& write, const BoundOperation& operation,
                                       const storage::Row* old) {
    const auto& column = *operation.column;
    if (!operation.value.is_value() || operation.value.content.empty()) return std::nullopt;
    ByteReader in(operation.value.content);
    const auto count = in.i32();
    for (std::int32_t i = 0; i < count; ++i) {
        const auto element = in.sized();
        if (!in.ok()) return bad_element(column);
        if (column.type.id() != TypeId::list) {
            if (auto error = put_one(write, column, column.type.children()[0], element, Value{}))
                return error;
            continue;
        }
        if (old == nullptr) continue;
        for (const auto& cell : old->column(column.id)) {
            if (!equal_bytes(cell.value, element)) continue;
            Bytes path;
            if (!cell.path_content(TypeId::timeuuid, path)) return bad_element(column);
            if (auto error = put_one(write, column, TypeId::timeuuid, path, Value{})) return error;
        }
    }
    return std::nullopt;
}

std::optional<Error> Modifier::change_at_index(const Write& write, const BoundOperation& operation,
                                               const storage::Row* old) {
    const auto& column = *operation.column;
    if (!operation.key.is_value() || operation.key.content.size() != 4)
        return invalid_request("Invalid null value for list index");
    const auto index = ByteReader(operation.key.content).i32();
    const auto cells = old != nullptr ? old->column(column.id) : std::span<const storage::CellView>{};
    const bool sets = operation.kind == OperationKind::set_index;
    if (cells.empty())
        return invalid_request(sets ? "Attempted to set an element on a list which is null"
                                    : "Attempted to delete an element from a list which is null");
    if (index < 0 || static_cast<std::size_t>(index) >= cells.size())
        return invalid_request("List index " + std::to_string(index) + " out of bound, list has size " +
                               std::to_string(cells.size()));
    Bytes path;
    if (!cells[static_cast<std::size_t>(index)].path_content(TypeId::timeuuid, path))
        return bad_element(column);
    return put_one(write, column, TypeId::timeuuid, path, sets ? operation.value : Value{});
}

std::optional<Error> Modifier::count(const Write& write, const BoundOperation& operation) {
    if (!operation.value.is_value() || operation.value.content.size() != 8)
        return invalid_request("Invalid null value for counter increment");
    const auto delta = ByteReader(operation.value.content).i64();
    const bool subtracts = operation.kind == OperationKind::subtract;
    if (subtracts && delta == std::numeric_limits<std::int64_t>::min())
        return invalid_request("The negation of " + std::to_string(delta) +
                               " overflows supported counter precision (signed 8 "
                               "bytes integer)");
    mutation_.add_counter(operation.column->id, write.live.timestamp, subtracts ? -delta : delta);
    return std::nullopt;
}

}  // namespace coodie::embedded
