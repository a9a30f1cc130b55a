// SPDX-License-Identifier: Apache-2.0
#include "mock/mock_paging.hpp"

#include <boost/endian/conversion.hpp>

namespace coodie {
namespace {
constexpr std::size_t number_size = 4;
constexpr std::size_t state_size = 3 * number_size;
}  // namespace

Bytes MockPosition::to_bytes() const {
    Bytes bytes(state_size);
    auto* out = reinterpret_cast<unsigned char*>(bytes.data());
    boost::endian::store_big_u32(out, rule);
    boost::endian::store_big_u32(out + number_size, answer);
    boost::endian::store_big_u32(out + 2 * number_size, page);
    return bytes;
}

std::optional<MockPosition> MockPosition::from_bytes(BytesView bytes) noexcept {
    if (bytes.size() != state_size) return std::nullopt;
    const auto* in = reinterpret_cast<const unsigned char*>(bytes.data());
    return MockPosition{boost::endian::load_big_u32(in), boost::endian::load_big_u32(in + number_size),
                        boost::endian::load_big_u32(in + 2 * number_size)};
}

}  // namespace coodie
