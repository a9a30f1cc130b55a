// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/protocol/wire_error.hpp"

#include <coodie/types/bytes.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace coodie::native {

/// Protocol v4 compresses the body of a message: [int] length before compression, then an LZ4 block. (v5
/// compresses segments instead, segment.hpp.)

/// Bodies below this many bytes are sent as they are: compressing them costs more than it saves.
inline constexpr std::size_t smallest_compressed_body = 512;

/// Compresses the body of the last envelope of `out` in place, and sets its compression flag. Leaves it alone
/// when it is small or does not get smaller. Not for STARTUP and OPTIONS, which are never compressed.
/// @param envelope_offset where the envelope's header starts; the envelope reaches to the end of `out`.
void compress_body(Bytes& out, std::size_t envelope_offset);

/// The size of a compressed body after decompression, from its first four bytes: at most `max_body`, and no
/// more than LZ4 can make of so few bytes (so nothing is allocated for a bomb).
[[nodiscard]] Parsed<std::uint32_t> decompressed_body_size(BytesView body, std::uint32_t max_body) noexcept;

/// @param to exactly decompressed_body_size(body) bytes. Its content is undefined after an error.
/// @returns nullopt when all of `to` was written.
[[nodiscard]] std::optional<WireError> decompress_body(BytesView body, std::span<std::byte> to) noexcept;

}  // namespace coodie::native
