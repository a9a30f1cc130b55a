// SPDX-License-Identifier: Apache-2.0
// A server that sends anything: headers, segments, compressed bodies. What must hold:
//   - nothing crashes, and nothing above the limit is allocated, whatever the bytes;
//   - what was sealed opens to the same bytes, and with one bit flipped it does not;
//   - a compressed body decompresses to what it was.
// The first byte of the input chooses compression and what is done with the rest.
#include "native/protocol/body_compression.hpp"
#include "native/protocol/envelope.hpp"
#include "native/protocol/responses/response.hpp"
#include "native/protocol/segment.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

namespace {

using namespace coodie;
using namespace coodie::native;

/// Of a body: small, so that a bomb shows as a lack of memory.
constexpr std::uint32_t limit = 1 << 20;

void require(bool holds) {
    if (!holds) std::abort();
}

/// What a connection of protocol v4 does with bytes that it has read.
void read_envelopes(BytesView input) {
    while (true) {
        const auto parsed = parse_header(input, ProtocolVersion::v4, limit);
        const auto* const header = std::get_if<EnvelopeHeader>(&parsed);
        if (header == nullptr || header->body_size > input.size() - envelope_header_size) return;
        require(header->body_size <= limit);
        const BytesView body = input.subspan(envelope_header_size, header->body_size);
        input = input.subspan(envelope_header_size + body.size());
        if ((header->flags & envelope_flag::compression) == 0) {
            (void)parse_response(*header, body);
            continue;
        }
        const auto size = decompressed_body_size(body, limit);
        if (std::holds_alternative<WireError>(size)) return;
        Bytes plain(std::get<std::uint32_t>(size));
        if (!decompress_body(body, plain)) (void)parse_response(*header, plain);
    }
}

/// @returns false when anything about the segments is wrong. `opened` has what came before.
bool open_segments(BytesView input, Compression compression, Bytes& opened) {
    const std::size_t header_size = segment_header_size(compression);
    while (!input.empty()) {
        const auto parsed = parse_segment_header(input, compression);
        const auto* const header = std::get_if<SegmentHeader>(&parsed);
        if (header == nullptr) return false;
        require(header->payload_size <= max_segment_payload &&
                header->uncompressed_size <= max_segment_payload);
        const std::size_t size = header->payload_size + segment_trailer_size;
        if (size > input.size() - header_size) return false;
        if (check_segment_payload(input.subspan(header_size, size))) return false;
        const BytesView payload = input.subspan(header_size, header->payload_size);
        Bytes plain(header->uncompressed_size);
        if (header->uncompressed_size != 0 && decompress_segment(payload, plain)) return false;
        const BytesView content = header->uncompressed_size != 0 ? BytesView(plain) : payload;
        opened.insert(opened.end(), content.begin(), content.end());
        input = input.subspan(header_size + size);
    }
    return true;
}

/// Makes whole envelopes of any bytes: the lengths are made to fit.
Bytes to_envelopes(BytesView input, std::size_t piece) {
    Bytes envelopes(input.begin(), input.end());
    std::size_t at = 0;
    while (at + envelope_header_size <= envelopes.size()) {
        const std::size_t body = std::min(piece, envelopes.size() - at - envelope_header_size);
        store_big(envelopes.data() + at + 5, static_cast<std::uint32_t>(body));
        at += envelope_header_size + body;
    }
    envelopes.resize(at);
    return envelopes;
}

void seal_and_open(BytesView input, Compression compression, std::size_t choice) {
    const Bytes envelopes = to_envelopes(input, choice * 7);
    Bytes sealed;
    seal_segments(sealed, envelopes, compression);
    Bytes opened;
    require(open_segments(sealed, compression, opened) && opened == envelopes);
    if (sealed.empty()) return;
    const std::size_t bit = choice * 2654435761U % (sealed.size() * 8);
    sealed[bit / 8] ^= static_cast<std::byte>(1U << bit % 8);
    opened.clear();
    require(!open_segments(sealed, compression, opened));
}

void compress_and_decompress(BytesView input) {
    Bytes envelope(envelope_header_size);
    envelope.insert(envelope.end(), input.begin(), input.end());
    compress_body(envelope, 0);
    require(envelope.size() <= input.size() + envelope_header_size);
    if (envelope[1] == std::byte{0}) return;
    const BytesView body = BytesView(envelope).subspan(envelope_header_size);
    const auto size = decompressed_body_size(body, max_body_size);
    require(std::holds_alternative<std::uint32_t>(size) && std::get<std::uint32_t>(size) == input.size());
    Bytes plain(input.size());
    require(!decompress_body(body, plain) && std::equal(plain.begin(), plain.end(), input.begin()));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const BytesView input(reinterpret_cast<const std::byte*>(data + 1), size - 1);
    const Compression compression = (data[0] & 1U) != 0 ? Compression::lz4 : Compression::none;
    switch (data[0] >> 1U & 3U) {
        case 0: read_envelopes(input); break;
        case 1: {
            Bytes opened;
            (void)open_segments(input, compression, opened);
            Bytes to(std::min<std::size_t>(max_segment_payload, data[0] * std::size_t{1000}));
            (void)decompress_segment(input.first(std::min(input.size(), max_segment_payload)), to);
            break;
        }
        case 2: seal_and_open(input, compression, data[0] >> 3U); break;
        default: compress_and_decompress(input); break;
    }
    return 0;
}
