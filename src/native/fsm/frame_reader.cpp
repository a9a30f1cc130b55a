// SPDX-License-Identifier: Apache-2.0
#include "native/fsm/frame_reader.hpp"

#include "native/protocol/body_compression.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace coodie::native {
namespace {

constexpr std::size_t kib = 1024;
constexpr std::size_t usual_chunk = 64 * kib;
/// From the first segment on that does not fit into a usual one: the largest segment and some more.
constexpr std::size_t segment_chunk = 192 * kib;
/// With less room than this at its end, a chunk is left rather than asked for so little once more, unless
/// more than this would have to be copied.
constexpr std::size_t least_room = 4 * kib;
/// Taken on the word of a header alone. Beyond it, `growth` times what has really arrived.
constexpr std::size_t trusted_size = 1024 * kib;
constexpr std::size_t growth = 4;
/// For the first part of an envelope in several segments.
constexpr std::size_t first_assembly = 256 * kib;

std::size_t growing_capacity(std::size_t wanted, std::size_t arrived) noexcept {
    return std::min(wanted, std::max(trusted_size, growth * arrived));
}

// The header stays: it means nothing without a body.
void let_go(Envelope& out) noexcept {
    out.body = {};
    out.owner.reset();
}

}  // namespace

FrameReader::FrameReader(std::uint32_t max_body) noexcept : max_body_(max_body), chunk_size_(usual_chunk) {}

void FrameReader::start(ProtocolVersion version, Compression compression) {
    mode_ = version == ProtocolVersion::v5 ? Mode::segments : Mode::envelopes;
    version_ = version;
    compression_ = compression;
    needed_ = mode_ == Mode::segments ? segment_header_size(compression) : envelope_header_size;
}

std::span<std::byte> FrameReader::space() {
    // Written from the start whenever possible: the same few cache lines again and again.
    if (begin_ == end_ && begin_ != 0 && chunk_.capacity <= chunk_size_ && chunk_.unique()) begin_ = end_ = 0;
    if (!has_room()) make_room();
    return {chunk_.data() + end_, chunk_.capacity - end_};
}

bool FrameReader::has_room() const noexcept {
    const std::size_t room = chunk_.capacity - end_;
    if (room == 0) return false;
    // A large body's own chunk: it grows when it is full, and is left when the body was taken.
    if (chunk_.capacity > chunk_size_) return begin_ != end_;
    if (begin_ + needed_ > chunk_.capacity) return false;
    return room >= least_room || end_ - begin_ > least_room;
}

void FrameReader::make_room() {
    const std::size_t size = end_ - begin_;
    // More than needed_ only if the caller did not take what had arrived already.
    const std::size_t wanted = needed_ > size ? needed_ : size + least_room;
    use_segment_chunks_for(wanted);
    if (wanted > chunk_size_) {
        move_to(Chunk::allocate(growing_capacity(wanted, size)));
    } else if (chunk_.capacity >= wanted && chunk_.capacity <= chunk_size_ && chunk_.unique()) {
        std::memmove(chunk_.data(), chunk_.data() + begin_, size);
        begin_ = 0;
        end_ = size;
    } else {
        move_to(pool_.take(chunk_size_));
    }
}

void FrameReader::use_segment_chunks_for(std::size_t size) noexcept {
    if (mode_ == Mode::segments && size > chunk_size_) chunk_size_ = segment_chunk;
}

void FrameReader::move_to(Chunk next) noexcept {
    const std::size_t size = end_ - begin_;
    if (size != 0) std::memcpy(next.data(), chunk_.data() + begin_, size);
    begin_ = 0;
    end_ = size;
    std::swap(chunk_, next);
    if (next.capacity == chunk_size_) pool_.keep(std::move(next));
}

void FrameReader::received(std::size_t bytes) noexcept {
    end_ += std::min(bytes, chunk_.capacity - end_);
    if (error_.fault != WireFault::none) begin_ = end_;
}

FrameReader::Status FrameReader::fail(const WireError& error) noexcept {
    error_ = error;
    begin_ = end_;
    needed_ = 0;
    payload_ = {};
    payload_owner_.reset();
    assembly_ = {};
    return Status::failed;
}

FrameReader::Status FrameReader::wait_for(std::size_t bytes) noexcept {
    needed_ = bytes;
    return Status::more;
}

FrameReader::Status FrameReader::next(Envelope& out) {
    let_go(out);
    if (error_.fault != WireFault::none) return Status::failed;
    const Status status = mode_ == Mode::segments ? next_in_segments(out) : next_envelope(out);
    if (status == Status::failed) let_go(out);
    return status;
}

Parsed<EnvelopeHeader> FrameReader::parse(BytesView bytes) const noexcept {
    const Parsed<EnvelopeHeader> parsed = mode_ == Mode::handshake ? parse_handshake_header(bytes, max_body_)
                                                                   : parse_header(bytes, version_, max_body_);
    const auto* header = std::get_if<EnvelopeHeader>(&parsed);
    if (header == nullptr || (header->flags & envelope_flag::compression) == 0) return parsed;
    // v4's READY is compressed already when STARTUP asked for it; v5 compresses segments instead.
    const bool allowed = mode_ == Mode::handshake   ? header->version <= 4
                         : mode_ == Mode::envelopes ? compression_ == Compression::lz4
                                                    : false;
    if (!allowed) return WireError{WireFault::malformed, "compression flag of a message"};
    return parsed;
}

FrameReader::Status FrameReader::next_envelope(Envelope& out) {
    if (end_ - begin_ < needed_) return Status::more;
    const Parsed<EnvelopeHeader> parsed = parse(unread());
    if (const auto* error = std::get_if<WireError>(&parsed)) return fail(*error);
    out.header = *std::get_if<EnvelopeHeader>(&parsed);
    const std::size_t size = envelope_header_size + out.header.body_size;
    if (end_ - begin_ < size) return wait_for(size);
    out.body = unread().subspan(envelope_header_size, out.header.body_size);
    begin_ += size;
    needed_ = envelope_header_size;
    if ((out.header.flags & envelope_flag::compression) != 0) return decompress(out);
    out.owner = chunk_.bytes;
    return Status::envelope;
}

FrameReader::Status FrameReader::decompress(Envelope& out) {
    const Parsed<std::uint32_t> size = decompressed_body_size(out.body, max_body_);
    if (const auto* error = std::get_if<WireError>(&size)) return fail(*error);
    const std::span<std::byte> plain = plain_space(*std::get_if<std::uint32_t>(&size), out.owner);
    if (const auto error = decompress_body(out.body, plain)) return fail(*error);
    out.body = plain;
    out.header.body_size = static_cast<std::uint32_t>(plain.size());
    out.header.flags = static_cast<std::uint8_t>(out.header.flags & ~unsigned{envelope_flag::compression});
    return Status::envelope;
}

std::span<std::byte> FrameReader::plain_space(std::size_t size, std::shared_ptr<const void>& owner) {
    use_segment_chunks_for(size);
    if (size > chunk_size_) {
        const Chunk own = Chunk::allocate(size);
        owner = own.bytes;
        return {own.data(), size};
    }
    if (plain_.bytes && plain_.unique()) plain_end_ = 0;
    if (plain_.capacity - plain_end_ < size) {
        if (plain_.capacity == chunk_size_) pool_.keep(std::move(plain_));
        plain_ = pool_.take(chunk_size_);
        plain_end_ = 0;
    }
    owner = plain_.bytes;
    plain_end_ += size;
    return {plain_.data() + (plain_end_ - size), size};
}

FrameReader::Status FrameReader::next_in_segments(Envelope& out) {
    while (payload_.empty())
        if (const auto status = next_segment(out)) return *status;
    return next_in_payload(out);
}

std::optional<FrameReader::Status> FrameReader::next_segment(Envelope& out) {
    if (end_ - begin_ < needed_) return Status::more;
    const Parsed<SegmentHeader> parsed = parse_segment_header(unread(), compression_);
    if (const auto* error = std::get_if<WireError>(&parsed)) return fail(*error);
    const SegmentHeader& header = *std::get_if<SegmentHeader>(&parsed);
    const std::size_t header_size = segment_header_size(compression_);
    const std::size_t size = header_size + header.payload_size + segment_trailer_size;
    if (end_ - begin_ < size) return wait_for(size);
    const BytesView sent = unread().subspan(header_size, header.payload_size + segment_trailer_size);
    if (const auto error = check_segment_payload(sent)) return fail(*error);
    begin_ += size;
    needed_ = header_size;
    const BytesView payload = sent.first(header.payload_size);
    return header.self_contained ? open_payload(header, payload) : assemble(header, payload, out);
}

std::optional<FrameReader::Status> FrameReader::open_payload(const SegmentHeader& header, BytesView sent) {
    // "a segment that is not self-contained holds part of exactly one envelope": nothing may come between.
    if (assembled_ != 0) return fail({WireFault::truncated, "message in several segments"});
    if (header.uncompressed_size == 0) {
        payload_ = sent;
        if (!payload_.empty()) payload_owner_ = chunk_.bytes;
        return std::nullopt;
    }
    const std::span<std::byte> plain = plain_space(header.uncompressed_size, payload_owner_);
    if (const auto error = decompress_segment(sent, plain)) return fail(*error);
    payload_ = plain;
    return std::nullopt;
}

FrameReader::Status FrameReader::next_in_payload(Envelope& out) {
    const Parsed<EnvelopeHeader> parsed = parse(payload_);
    if (const auto* error = std::get_if<WireError>(&parsed)) return fail(*error);
    out.header = *std::get_if<EnvelopeHeader>(&parsed);
    const std::size_t size = envelope_header_size + out.header.body_size;
    if (size > payload_.size()) return fail({WireFault::truncated, "message in a self-contained segment"});
    out.body = payload_.subspan(envelope_header_size, out.header.body_size);
    payload_ = payload_.subspan(size);
    out.owner = payload_.empty() ? std::move(payload_owner_) : payload_owner_;
    return Status::envelope;
}

std::optional<FrameReader::Status> FrameReader::assemble(const SegmentHeader& header, BytesView sent,
                                                         Envelope& out) {
    const std::size_t size = header.uncompressed_size != 0 ? header.uncompressed_size : sent.size();
    if (size == 0) return std::nullopt;
    if (assembly_total_ != 0 && size > assembly_total_ - assembled_)
        return fail({WireFault::malformed, "message in several segments"});
    // Before memory is taken, if it can be read: how much the whole message needs.
    if (assembled_ == 0 && header.uncompressed_size == 0)
        if (const auto status = measure_assembly(sent)) return status;
    grow_assembly(assembled_ + size);
    const std::span<std::byte> to(assembly_.data() + assembled_, size);
    if (header.uncompressed_size == 0) {
        std::memcpy(to.data(), sent.data(), size);
    } else if (const auto error = decompress_segment(sent, to)) {
        return fail(*error);
    }
    assembled_ += size;
    if (assembly_total_ == 0)
        if (const auto status = measure_assembly({assembly_.data(), assembled_})) return status;
    if (assembled_ != assembly_total_) return std::nullopt;
    out.header = assembly_header_;
    out.body = BytesView(assembly_.data(), assembled_).subspan(envelope_header_size);
    out.owner = std::move(assembly_.bytes);
    assembly_ = {};
    assembled_ = assembly_total_ = 0;
    return Status::envelope;
}

std::optional<FrameReader::Status> FrameReader::measure_assembly(BytesView arrived) noexcept {
    if (arrived.size() < envelope_header_size) return std::nullopt;
    const Parsed<EnvelopeHeader> parsed = parse(arrived);
    if (const auto* error = std::get_if<WireError>(&parsed)) return fail(*error);
    assembly_header_ = *std::get_if<EnvelopeHeader>(&parsed);
    assembly_total_ = envelope_header_size + assembly_header_.body_size;
    if (arrived.size() > assembly_total_) return fail({WireFault::malformed, "message in several segments"});
    return std::nullopt;
}

void FrameReader::grow_assembly(std::size_t size) {
    if (assembly_.capacity >= size) return;
    const std::size_t capacity =
        assembly_total_ == 0 ? std::max(size, first_assembly) : growing_capacity(assembly_total_, size);
    Chunk next = Chunk::allocate(capacity);
    if (assembled_ != 0) std::memcpy(next.data(), assembly_.data(), assembled_);
    assembly_ = std::move(next);
}

}  // namespace coodie::native
