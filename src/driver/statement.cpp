// SPDX-License-Identifier: Apache-2.0
#include <coodie/driver/statement.hpp>

#include <coodie/codec/wire.hpp>

#include <stdexcept>

namespace coodie {
namespace {

std::uint64_t fnv1a(std::string_view text) noexcept {
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    return hash;
}

}  // namespace

StatementText::StatementText(std::string cql, StatementKind kind, std::vector<DataType> parameter_types,
                             std::vector<std::uint16_t> routing_key) {
    auto shape = std::make_shared<Shape>();
    shape->hash = fnv1a(cql);
    shape->cql = std::move(cql);
    shape->parameter_types = std::move(parameter_types);
    shape->routing_key = std::move(routing_key);
    shape->kind = kind;
    shape_ = std::move(shape);
}

void BoundValues::add(BytesView content) {
    wire::append(bytes_, static_cast<std::int32_t>(content.size()));
    bytes_.insert(bytes_.end(), content.begin(), content.end());
    ++count_;
}

void BoundValues::add_null() {
    wire::append(bytes_, wire::null_length);
    ++count_;
}

void BoundValues::add_unset() {
    wire::append(bytes_, wire::unset_length);
    ++count_;
}

}  // namespace coodie
