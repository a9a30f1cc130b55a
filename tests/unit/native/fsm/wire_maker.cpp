// SPDX-License-Identifier: Apache-2.0
#include "unit/native/fsm/wire_maker.hpp"

#include "native/protocol/big_endian.hpp"
#include "native/protocol/crc24.hpp"
#include "native/protocol/envelope.hpp"

#include <lz4.h>
#include <zlib.h>

#include <array>
#include <random>

namespace coodie::native::test {
namespace {

Bytes lz4_block(BytesView plain) {
    Bytes block(static_cast<std::size_t>(LZ4_compressBound(static_cast<int>(plain.size()))));
    const int size = LZ4_compress_default(reinterpret_cast<const char*>(plain.data()),
                                          reinterpret_cast<char*>(block.data()),
                                          static_cast<int>(plain.size()), static_cast<int>(block.size()));
    block.resize(static_cast<std::size_t>(size));
    return block;
}

void append_little(Bytes& to, std::uint64_t value, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) to.push_back(static_cast<std::byte>(value >> (8 * i)));
}

template <class T>
void append_big(Bytes& to, T value) {
    std::array<std::byte, sizeof(T)> bytes{};
    store_big(bytes.data(), value);
    append(to, bytes);
}

}  // namespace

void append(Bytes& to, BytesView bytes) { to.insert(to.end(), bytes.begin(), bytes.end()); }

Bytes response(std::uint8_t version, Opcode opcode, BytesView body, std::int16_t stream, std::uint8_t flags) {
    Bytes out{std::byte(0x80U | version), std::byte{flags}};
    append_big(out, stream);
    out.push_back(static_cast<std::byte>(opcode));
    append_big(out, static_cast<std::uint32_t>(body.size()));
    append(out, body);
    return out;
}

Bytes response(ProtocolVersion version, Opcode opcode, BytesView body, std::int16_t stream,
               std::uint8_t flags) {
    return response(static_cast<std::uint8_t>(version), opcode, body, stream, flags);
}

Bytes compressed_response(std::uint8_t version, Opcode opcode, BytesView body, std::int16_t stream) {
    Bytes sent;
    append_big(sent, static_cast<std::uint32_t>(body.size()));
    append(sent, lz4_block(body));
    return response(version, opcode, sent, stream, envelope_flag::compression);
}

Bytes segment(BytesView payload, bool self_contained, Compression compression) {
    const Bytes block = compression == lz4 ? lz4_block(payload) : Bytes{};
    const bool shrinks = compression == lz4 && block.size() < payload.size();
    const BytesView sent = shrinks ? BytesView(block) : payload;
    std::uint64_t fields = sent.size();
    unsigned shift = 17;
    if (compression == lz4) {
        fields |= std::uint64_t{shrinks ? payload.size() : 0} << 17;
        shift = 34;
    }
    fields |= std::uint64_t{self_contained} << shift;
    Bytes out;
    append_little(out, fields, compression == lz4 ? 5 : 3);
    append_little(out, crc24(out), 3);
    append(out, sent);
    constexpr std::array<Bytef, 4> seed{0xFA, 0x2D, 0x55, 0xCA};
    uLong crc = crc32(0, seed.data(), 4);
    if (!sent.empty())
        crc = crc32(crc, reinterpret_cast<const Bytef*>(sent.data()), static_cast<uInt>(sent.size()));
    append_little(out, crc, 4);
    return out;
}

Bytes words(std::size_t size, std::uint32_t seed) {
    constexpr std::string_view text = "partition clustering column value ";
    Bytes bytes(size);
    for (std::size_t i = 0; i < size; ++i)
        bytes[i] = i % 64 == 0 ? static_cast<std::byte>(seed + i / 64)
                               : static_cast<std::byte>(text[i % text.size()]);
    return bytes;
}

Bytes noise(std::size_t size, std::uint32_t seed) {
    std::mt19937 random(seed);
    Bytes bytes(size);
    for (std::byte& byte : bytes) byte = static_cast<std::byte>(random());
    return bytes;
}

Body& Body::byte(std::uint8_t value) {
    bytes_.push_back(std::byte{value});
    return *this;
}

Body& Body::number16(std::uint16_t value) {
    append_big(bytes_, value);
    return *this;
}

Body& Body::number32(std::int32_t value) {
    append_big(bytes_, value);
    return *this;
}

Body& Body::string(std::string_view text) {
    number16(static_cast<std::uint16_t>(text.size()));
    append(bytes_, std::as_bytes(std::span(text)));
    return *this;
}

}  // namespace coodie::native::test
