// SPDX-License-Identifier: Apache-2.0
#include "stub/reply_writer.hpp"

#include "native/protocol/body_compression.hpp"
#include "native/protocol/envelope.hpp"
#include "native/protocol/segment.hpp"

#include <algorithm>
#include <utility>

namespace coodie::stub {
namespace {

namespace envelope_flag = native::envelope_flag;
/// So that the kernel sends what comes before it as a packet of its own.
constexpr std::chrono::microseconds between_parts{2000};
constexpr std::chrono::microseconds between_bytes{100};

}  // namespace

Bytes ReplyWriter::envelope_of(const Reply& reply, const Request& request) const {
    std::uint8_t flags = 0;
    Body body;
    if (reply.tracing_id_) {
        flags |= envelope_flag::tracing;
        body.uuid(*reply.tracing_id_);
    }
    if (!reply.warnings_.empty()) {
        flags |= envelope_flag::warning;
        body.string_list(reply.warnings_);
    }
    if (!reply.payload_.empty()) {
        flags |= envelope_flag::custom_payload;
        body.short_(static_cast<std::uint16_t>(reply.payload_.size()));
        for (const auto& [name, value] : reply.payload_) body.string(name).bytes(value);
    }
    body.raw(reply.body_(request));
    Bytes envelope;
    append_envelope(envelope, reply.version_.value_or(static_cast<std::uint8_t>(request.version)), flags,
                    reply.stream_.value_or(request.stream), reply.opcode_, body.view());
    if (compression_ == native::Compression::lz4 && request.version == native::ProtocolVersion::v4)
        native::compress_body(envelope, 0);
    return envelope;
}

Bytes ReplyWriter::sealed(Bytes envelopes) const {
    if (!segments_) return envelopes;
    Bytes bytes;
    native::seal_segments(bytes, envelopes, compression_);
    return bytes;
}

void ReplyWriter::start_segments() {
    close_plain();
    segments_ = true;
}

void ReplyWriter::close_plain() {
    if (plain_.empty()) return;
    pieces_.push_back({.bytes = sealed(std::move(plain_))});
    plain_.clear();
}

void ReplyWriter::add(const Reply& reply, const Request& request) {
    if (reply.is_plain()) {
        const Bytes envelope = envelope_of(reply, request);
        plain_.insert(plain_.end(), envelope.begin(), envelope.end());
        return;
    }
    close_plain();
    Bytes bytes;
    if (reply.kind_ == Reply::Kind::raw) bytes = reply.body_(request);
    if (reply.kind_ == Reply::Kind::message)
        for (std::size_t i = 0; i < reply.repeats_; ++i) {
            const Bytes one = sealed(envelope_of(reply, request));
            bytes.insert(bytes.end(), one.begin(), one.end());
        }
    if (reply.flipped_bit_ && *reply.flipped_bit_ / 8 < bytes.size())
        bytes[*reply.flipped_bit_ / 8] ^= static_cast<std::byte>(1U << *reply.flipped_bit_ % 8);
    if (reply.cut_) bytes.resize(std::min(bytes.size(), *reply.cut_));
    add_pieces(reply, std::move(bytes));
}

void ReplyWriter::add_pieces(const Reply& reply, Bytes bytes) {
    std::vector<std::size_t> ends = reply.splits_;
    if (reply.byte_by_byte_)
        for (std::size_t i = 1; i < bytes.size(); ++i) ends.push_back(i);
    std::sort(ends.begin(), ends.end());
    ends.push_back(bytes.size());
    std::size_t start = 0;
    for (const std::size_t each : ends) {
        const std::size_t end = std::min(each, bytes.size());
        if (end <= start && start != 0) continue;
        const auto at = [&](std::size_t position) {
            return bytes.begin() + static_cast<std::ptrdiff_t>(position);
        };
        pieces_.push_back({.bytes = Bytes(at(start), at(end))});
        if (start != 0) pieces_.back().pause = reply.byte_by_byte_ ? between_bytes : between_parts;
        start = end;
    }
    pieces_.back().end = reply.end_;
}

void ReplyWriter::add_envelope(std::uint8_t version, std::int16_t stream, native::Opcode opcode,
                               BytesView body) {
    const std::size_t offset = plain_.size();
    append_envelope(plain_, version, 0, stream, opcode, body);
    if (compression_ == native::Compression::lz4 &&
        version == static_cast<std::uint8_t>(native::ProtocolVersion::v4))
        native::compress_body(plain_, offset);
}

std::deque<Piece> ReplyWriter::take() {
    close_plain();
    return std::exchange(pieces_, {});
}

}  // namespace coodie::stub
