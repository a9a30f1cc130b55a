// SPDX-License-Identifier: Apache-2.0
#include "stub/request_assembler.hpp"

#include "native/protocol/big_endian.hpp"
#include "native/protocol/body_compression.hpp"
#include "native/protocol/envelope.hpp"
#include "native/protocol/segment.hpp"

#include <variant>

namespace coodie::stub {
namespace {

/// Drops what was used, now and then.
void compact(Bytes& bytes, std::size_t& used) {
    if (used == bytes.size()) {
        bytes.clear();
        used = 0;
    } else if (used > 1 << 20) {
        bytes.erase(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(used));
        used = 0;
    }
}

}  // namespace

void RequestAssembler::feed(BytesView bytes) {
    compact(input_, input_at_);
    input_.insert(input_.end(), bytes.begin(), bytes.end());
}

void RequestAssembler::start_segments(native::Compression compression) noexcept {
    segments_ = true;
    compression_ = compression;
}

RequestAssembler::Outcome RequestAssembler::open_segment() {
    const BytesView rest = BytesView(input_).subspan(input_at_);
    const std::size_t header_size = native::segment_header_size(compression_);
    if (rest.size() < header_size) return Outcome::need_more;
    const auto parsed = native::parse_segment_header(rest, compression_);
    const auto* const header = std::get_if<native::SegmentHeader>(&parsed);
    if (header == nullptr) return Outcome::bad_bytes;
    const std::size_t size = header->payload_size + native::segment_trailer_size;
    if (rest.size() - header_size < size) return Outcome::need_more;
    if (native::check_segment_payload(rest.subspan(header_size, size))) return Outcome::bad_bytes;
    const BytesView payload = rest.subspan(header_size, header->payload_size);
    input_at_ += header_size + size;
    compact(envelopes_, envelopes_at_);
    if (header->uncompressed_size == 0) {
        envelopes_.insert(envelopes_.end(), payload.begin(), payload.end());
        return Outcome::envelope;
    }
    const std::size_t at = envelopes_.size();
    envelopes_.resize(at + header->uncompressed_size);
    if (native::decompress_segment(payload, std::span(envelopes_).subspan(at))) return Outcome::bad_bytes;
    return Outcome::envelope;
}

RequestAssembler::Outcome RequestAssembler::next(RequestEnvelope& envelope) {
    while (true) {
        Bytes& bytes = segments_ ? envelopes_ : input_;
        std::size_t& at = segments_ ? envelopes_at_ : input_at_;
        const BytesView rest = BytesView(bytes).subspan(at);
        std::size_t size = native::envelope_header_size;
        if (rest.size() >= size) size += native::load_big<std::uint32_t>(rest.data() + 5);
        if (rest.size() < size) {
            if (!segments_) return Outcome::need_more;
            if (const Outcome outcome = open_segment(); outcome != Outcome::envelope) return outcome;
            continue;
        }
        envelope = {.version = std::to_integer<std::uint8_t>(rest[0]),
                    .flags = std::to_integer<std::uint8_t>(rest[1]),
                    .stream = native::load_big<std::int16_t>(rest.data() + 2),
                    .opcode = static_cast<native::Opcode>(rest[4]),
                    .body = rest.subspan(native::envelope_header_size, size - native::envelope_header_size)};
        at += size;
        if ((envelope.flags & native::envelope_flag::compression) == 0 || segments_) return Outcome::envelope;
        const auto plain_size = native::decompressed_body_size(envelope.body, native::max_body_size);
        if (std::holds_alternative<native::WireError>(plain_size)) return Outcome::bad_bytes;
        decompressed_.resize(std::get<std::uint32_t>(plain_size));
        if (native::decompress_body(envelope.body, decompressed_)) return Outcome::bad_bytes;
        envelope.body = decompressed_;
        return Outcome::envelope;
    }
}

}  // namespace coodie::stub
