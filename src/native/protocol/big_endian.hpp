// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/endian/conversion.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace coodie::native {

/// Big-endian numbers at any address. The caller has checked that sizeof(T) bytes are there.
template <class T>
[[nodiscard]] inline T load_big(const std::byte* from) noexcept {
    T value;
    std::memcpy(&value, from, sizeof value);
    return boost::endian::big_to_native(value);
}

template <class T>
inline void store_big(std::byte* to, T value) noexcept {
    value = boost::endian::native_to_big(value);
    std::memcpy(to, &value, sizeof value);
}

}  // namespace coodie::native
