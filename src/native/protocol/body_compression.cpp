// SPDX-License-Identifier: Apache-2.0
#include "native/protocol/body_compression.hpp"

#include "native/protocol/big_endian.hpp"
#include "native/protocol/envelope.hpp"

#include <lz4.h>

#include <algorithm>
#include <cstring>

namespace coodie::native {
namespace {

constexpr std::string_view compressed_body = "compressed body";
constexpr std::size_t length_size = 4;
/// The most that one byte of an LZ4 block can stand for.
constexpr std::uint64_t best_lz4_ratio = 255;

}  // namespace

void compress_body(Bytes& out, std::size_t envelope_offset) {
    const std::size_t body = envelope_offset + envelope_header_size;
    const std::size_t end = out.size();
    const std::size_t size = end - body;
    if (size < smallest_compressed_body || size > static_cast<std::size_t>(LZ4_MAX_INPUT_SIZE)) return;
    // Compressed behind the body, then moved over it. One byte less than the body must do: otherwise it stays
    // as it is.
    const std::size_t room = size - length_size - 1;
    out.resize(end + room);
    const int compressed = LZ4_compress_default(reinterpret_cast<const char*>(out.data() + body),
                                                reinterpret_cast<char*>(out.data() + end),
                                                static_cast<int>(size), static_cast<int>(room));
    if (compressed <= 0) {
        out.resize(end);
        return;
    }
    const auto compressed_size = static_cast<std::size_t>(compressed);
    std::memmove(out.data() + body + length_size, out.data() + end, compressed_size);
    store_big(out.data() + body, static_cast<std::uint32_t>(size));
    out.resize(body + length_size + compressed_size);
    out[envelope_offset + 1] |= std::byte{envelope_flag::compression};
    store_big(out.data() + envelope_offset + 5, static_cast<std::uint32_t>(length_size + compressed_size));
}

Parsed<std::uint32_t> decompressed_body_size(BytesView body, std::uint32_t max_body) noexcept {
    if (body.size() < length_size) return WireError{WireFault::truncated, compressed_body};
    const auto size = load_big<std::uint32_t>(body.data());
    if (static_cast<std::int32_t>(size) < 0) return WireError{WireFault::negative_count, compressed_body};
    if (size > max_body) return WireError{WireFault::too_large, compressed_body};
    if (size > (body.size() - length_size) * best_lz4_ratio)
        return WireError{WireFault::bad_compression, compressed_body};
    return size;
}

std::optional<WireError> decompress_body(BytesView body, std::span<std::byte> to) noexcept {
    if (body.size() < length_size) return WireError{WireFault::truncated, compressed_body};
    const BytesView block = body.subspan(length_size);
    if (to.empty()) return std::nullopt;
    const int size =
        LZ4_decompress_safe(reinterpret_cast<const char*>(block.data()), reinterpret_cast<char*>(to.data()),
                            static_cast<int>(block.size()), static_cast<int>(to.size()));
    if (size < 0 || static_cast<std::size_t>(size) != to.size())
        return WireError{WireFault::bad_compression, compressed_body};
    return std::nullopt;
}

}  // namespace coodie::native
