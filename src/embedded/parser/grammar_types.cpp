// SPDX-License-Identifier: Apache-2.0
// Types as CREATE, CAST and type hints write them.
#include "embedded/parser/grammar.hpp"

#include <array>
#include <charconv>

namespace coodie::embedded {

namespace {

struct NativeType {
    std::string_view name;
    TypeId id;
};

constexpr std::array<NativeType, 21> native_types{
    {{"ascii", TypeId::ascii},         {"bigint", TypeId::bigint},     {"blob", TypeId::blob},
     {"boolean", TypeId::boolean},     {"counter", TypeId::counter},   {"date", TypeId::date},
     {"decimal", TypeId::decimal},     {"double", TypeId::double_},    {"duration", TypeId::duration},
     {"float", TypeId::float_},        {"inet", TypeId::inet},         {"int", TypeId::int_},
     {"smallint", TypeId::smallint},   {"text", TypeId::text},         {"time", TypeId::time},
     {"timestamp", TypeId::timestamp}, {"timeuuid", TypeId::timeuuid}, {"tinyint", TypeId::tinyint},
     {"uuid", TypeId::uuid},           {"varchar", TypeId::text},      {"varint", TypeId::varint}}};

}  // namespace

ast::TypeName Grammar::type() {
    const auto position = in_.peek().position;
    return {type_body(), position};
}

DataType Grammar::type_body() {
    const Nested nested(*this);
    if (in_.at_kind(TokenKind::string)) return DataType::custom(in_.take().text);
    if (in_.at_kind(TokenKind::word) && in_.at_symbol("<", 1)) {
        if (in_.at_word("frozen")) return frozen_type();
        if (in_.at_word("vector")) return vector_type();
        const Token& name = in_.take();
        in_.expect_symbol("<");
        std::vector<DataType> children{type_body()};
        while (in_.accept_symbol(",")) children.push_back(type_body());
        in_.expect_symbol(">");
        if (name.text == "list" && children.size() == 1) return DataType::list(children[0]);
        if (name.text == "set" && children.size() == 1) return DataType::set(children[0]);
        if (name.text == "map" && children.size() == 2) return DataType::map(children[0], children[1]);
        if (name.text == "tuple") return DataType::tuple(std::move(children));
        TokenStream::fail(name, "no such type with that many elements");
    }
    if (in_.at_kind(TokenKind::word) && !in_.at_symbol(".", 1))
        for (const auto& native : native_types)
            if (in_.accept_word(native.name)) return {native.id};
    return user_type();
}

DataType Grammar::frozen_type() {
    in_.expect_word("frozen");
    in_.expect_symbol("<");
    auto inner = type_body();
    in_.expect_symbol(">");
    const bool freezable = inner.is_collection() || inner.id() == TypeId::udt ||
                           inner.id() == TypeId::tuple || inner.id() == TypeId::vector;
    if (!freezable)
        in_.fail("frozen<> is only allowed on collections, tuples, and user-defined types (got " +
                 inner.to_string() + ")");
    return inner.frozen();
}

DataType Grammar::vector_type() {
    in_.expect_word("vector");
    in_.expect_symbol("<");
    auto element = type_body();
    in_.expect_symbol(",");
    const Token& number = in_.peek();
    if (number.kind != TokenKind::integer) in_.fail_expecting("INTEGER");
    std::uint32_t dimensions = 0;
    const auto* end = number.text.data() + number.text.size();
    const auto parsed = std::from_chars(number.text.data(), end, dimensions);
    constexpr std::uint32_t most = 8192;  // Cassandra's default guard rail for vector dimensions
    if (parsed.ec != std::errc() || parsed.ptr != end || dimensions == 0 || dimensions > most)
        TokenStream::fail_invalid("vectors may only have positive dimensions, at most " +
                                  std::to_string(most) + "; given " + number.text);
    in_.take();
    in_.expect_symbol(">");
    return DataType::vector(std::move(element), dimensions);
}

DataType Grammar::user_type() {
    auto name = in_.qualified_name();
    return DataType::udt(std::move(name.keyspace), std::move(name.name), {}, {});
}

}  // namespace coodie::embedded
