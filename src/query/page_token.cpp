// SPDX-License-Identifier: Apache-2.0
#include "query/page_token.hpp"

#include <coodie/codec/wire.hpp>
#include <coodie/types/error.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace coodie::query {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::byte version{1};
constexpr std::size_t header = 1 + sizeof(std::uint64_t);

std::uint64_t fnv1a(std::uint64_t hash, BytesView bytes) noexcept {
    for (const std::byte byte : bytes)
        hash = (hash ^ std::to_integer<std::uint64_t>(byte)) * 0x100000001b3ULL;
    return hash;
}

/// Of all that a paging state depends on. It finds mistakes; it is no signature.
std::uint64_t checksum(BytesView state, const Statement& statement) noexcept {
    std::array<std::byte, sizeof(std::uint64_t)> length{};
    wire::store(length.data(), static_cast<std::uint64_t>(statement.values().bytes().size()));
    std::uint64_t hash = fnv1a(statement.text().hash(), length);
    hash = fnv1a(hash, statement.values().bytes());
    hash = fnv1a(hash, wire::as_bytes(statement.keyspace()));
    return fnv1a(hash, state);
}

std::string to_base64(BytesView bytes) {
    std::string text;
    text.reserve((bytes.size() * 4 + 2) / 3);
    std::uint32_t bits = 0;
    unsigned count = 0;
    for (const std::byte byte : bytes) {
        bits = (bits << 8U) | std::to_integer<std::uint32_t>(byte);
        for (count += 8; count >= 6; count -= 6) text += alphabet[(bits >> (count - 6)) & 63U];
    }
    if (count > 0) text += alphabet[(bits << (6 - count)) & 63U];
    return text;
}

std::optional<Bytes> from_base64(std::string_view text) {
    Bytes bytes;
    bytes.reserve(text.size() * 3 / 4);
    std::uint32_t bits = 0;
    unsigned count = 0;
    for (const char c : text) {
        const std::size_t digit = alphabet.find(c);
        if (digit == std::string_view::npos) return std::nullopt;
        bits = (bits << 6U) | static_cast<std::uint32_t>(digit);
        count += 6;
        if (count >= 8) {
            count -= 8;
            bytes.push_back(static_cast<std::byte>((bits >> count) & 255U));
        }
    }
    // What is left over must be padding: fewer than six bits, all of them zero.
    if (count >= 6 || (bits & ((1U << count) - 1U)) != 0) return std::nullopt;
    return bytes;
}

}  // namespace

std::string make_page_token(BytesView paging_state, const Statement& statement) {
    if (paging_state.empty()) return {};
    Bytes token;
    token.reserve(header + paging_state.size());
    token.push_back(version);
    wire::append(token, checksum(paging_state, statement));
    wire::append(token, paging_state);
    return to_base64(token);
}

Bytes open_page_token(std::string_view token, const Statement& statement) {
    const std::optional<Bytes> bytes = from_base64(token);
    if (!bytes || bytes->size() <= header || bytes->front() != version)
        throw InvalidQueryError(
            "this paging state is damaged or was not made by this version of coodie; begin at the "
            "first page again");
    const BytesView state = BytesView(*bytes).subspan(header);
    if (wire::load<std::uint64_t>(bytes->data() + 1) != checksum(state, statement))
        throw InvalidQueryError(
            "this paging state was altered or belongs to another query: it goes on only with the "
            "same conditions and values; query: " +
            statement.text().cql());
    return {state.begin(), state.end()};
}

}  // namespace coodie::query
