// SPDX-License-Identifier: Apache-2.0
#include "native/protocol/segment.hpp"

#include "native/protocol/big_endian.hpp"
#include "native/protocol/crc24.hpp"
#include "native/protocol/envelope.hpp"
#include "native/protocol/payload_crc.hpp"

#include <lz4.h>

#include <algorithm>
#include <cstring>

namespace coodie::native {
namespace {

constexpr std::string_view header_part = "header of a segment";
constexpr std::string_view payload_part = "payload of a segment";
constexpr unsigned length_bits = 17;
constexpr std::uint64_t length_mask = (1U << length_bits) - 1;
constexpr std::size_t crc24_size = 3;

/// Little-endian numbers of any number of bytes.
std::uint64_t load_little(const std::byte* from, std::size_t size) noexcept {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < size; ++i) value |= std::to_integer<std::uint64_t>(from[i]) << (8 * i);
    return value;
}

void store_little(std::byte* to, std::uint64_t value, std::size_t size) noexcept {
    for (std::size_t i = 0; i < size; ++i) to[i] = static_cast<std::byte>(value >> (8 * i));
}

void write_header(std::byte* to, const SegmentHeader& header, Compression compression) noexcept {
    const std::size_t fields = segment_header_size(compression) - crc24_size;
    std::uint64_t bits = header.payload_size;
    unsigned shift = length_bits;
    if (compression == Compression::lz4) {
        bits |= std::uint64_t{header.uncompressed_size} << shift;
        shift += length_bits;
    }
    bits |= std::uint64_t{header.self_contained} << shift;
    store_little(to, bits, fields);
    store_little(to + fields, crc24(BytesView(to, fields)), crc24_size);
}

/// @returns how many bytes the payload has once compressed; 0 when that is not fewer.
std::size_t compress_payload(BytesView payload, std::span<std::byte> to) noexcept {
    const int size = LZ4_compress_default(reinterpret_cast<const char*>(payload.data()),
                                          reinterpret_cast<char*>(to.data()),
                                          static_cast<int>(payload.size()), static_cast<int>(to.size()));
    return size <= 0 ? 0 : static_cast<std::size_t>(size);
}

void append_trailer(Bytes& out, std::size_t body) {
    const std::size_t end = out.size();
    out.resize(end + segment_trailer_size);
    store_little(out.data() + end, payload_crc(BytesView(out).subspan(body, end - body)),
                 segment_trailer_size);
}

void append_plain(Bytes& out, BytesView payload, bool self_contained, Compression compression) {
    const std::size_t start = out.size();
    const std::size_t body = start + segment_header_size(compression);
    // Room for all at once, but no zeros where the payload goes.
    out.reserve(body + payload.size() + segment_trailer_size);
    out.resize(body);
    write_header(
        out.data() + start,
        {.payload_size = static_cast<std::uint32_t>(payload.size()), .self_contained = self_contained},
        compression);
    out.insert(out.end(), payload.begin(), payload.end());
    append_trailer(out, body);
}

// False: it did not become smaller, and nothing was appended.
bool append_compressed(Bytes& out, BytesView payload, bool self_contained) {
    const std::size_t start = out.size();
    const std::size_t body = start + segment_header_size(Compression::lz4);
    out.resize(body + payload.size());
    const std::size_t compressed = compress_payload(payload, {out.data() + body, payload.size() - 1});
    if (compressed == 0) {
        out.resize(start);
        return false;
    }
    out.resize(body + compressed);
    write_header(out.data() + start,
                 {.payload_size = static_cast<std::uint32_t>(compressed),
                  .uncompressed_size = static_cast<std::uint32_t>(payload.size()),
                  .self_contained = self_contained},
                 Compression::lz4);
    append_trailer(out, body);
    return true;
}

void append_segment(Bytes& out, BytesView payload, bool self_contained, Compression compression) {
    if (compression == Compression::lz4 && payload.size() > 1 &&
        append_compressed(out, payload, self_contained))
        return;
    append_plain(out, payload, self_contained, compression);
}

std::size_t envelope_size(BytesView envelopes) noexcept {
    if (envelopes.size() < envelope_header_size) return envelopes.size();
    const std::size_t size = envelope_header_size + load_big<std::uint32_t>(envelopes.data() + 5);
    return std::min(size, envelopes.size());
}

}  // namespace

void seal_segments(Bytes& out, BytesView envelopes, Compression compression) {
    while (!envelopes.empty()) {
        std::size_t size = envelope_size(envelopes);
        if (size > max_segment_payload) {
            for (std::size_t sent = 0; sent < size; sent += max_segment_payload)
                append_segment(out, envelopes.subspan(sent, std::min(max_segment_payload, size - sent)),
                               false, compression);
        } else {
            for (std::size_t next = 0; size < envelopes.size(); size += next) {
                next = envelope_size(envelopes.subspan(size));
                if (size + next > max_segment_payload) break;
            }
            append_segment(out, envelopes.first(size), true, compression);
        }
        envelopes = envelopes.subspan(size);
    }
}

Parsed<SegmentHeader> parse_segment_header(BytesView bytes, Compression compression) noexcept {
    const std::size_t size = segment_header_size(compression);
    if (bytes.size() < size) return WireError{WireFault::truncated, header_part};
    const std::size_t fields = size - crc24_size;
    if (load_little(bytes.data() + fields, crc24_size) != crc24(bytes.first(fields)))
        return WireError{WireFault::bad_header_crc, header_part};
    std::uint64_t bits = load_little(bytes.data(), fields);
    SegmentHeader header{.payload_size = static_cast<std::uint32_t>(bits & length_mask)};
    bits >>= length_bits;
    if (compression == Compression::lz4) {
        header.uncompressed_size = static_cast<std::uint32_t>(bits & length_mask);
        bits >>= length_bits;
    }
    header.self_contained = (bits & 1U) != 0;
    return header;
}

std::optional<WireError> check_segment_payload(BytesView bytes) noexcept {
    if (bytes.size() < segment_trailer_size) return WireError{WireFault::truncated, payload_part};
    const std::size_t size = bytes.size() - segment_trailer_size;
    if (load_little(bytes.data() + size, segment_trailer_size) != payload_crc(bytes.first(size)))
        return WireError{WireFault::bad_payload_crc, payload_part};
    return std::nullopt;
}

std::optional<WireError> decompress_segment(BytesView payload, std::span<std::byte> to) noexcept {
    if (to.size() > max_segment_payload || payload.size() > max_segment_payload)
        return WireError{WireFault::too_large, payload_part};
    const int size =
        LZ4_decompress_safe(reinterpret_cast<const char*>(payload.data()), reinterpret_cast<char*>(to.data()),
                            static_cast<int>(payload.size()), static_cast<int>(to.size()));
    if (size < 0 || static_cast<std::size_t>(size) != to.size())
        return WireError{WireFault::bad_compression, payload_part};
    return std::nullopt;
}

}  // namespace coodie::native
