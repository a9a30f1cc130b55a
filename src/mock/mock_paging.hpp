// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/types/bytes.hpp>

#include <cstdint>
#include <optional>

namespace coodie {

/// What a MockDriver's paging state says: the page to go on with.
struct MockPosition {
    std::uint32_t rule = 0;
    std::uint32_t answer = 0;
    std::uint32_t page = 0;

    [[nodiscard]] Bytes to_bytes() const;
    /// nullopt when the bytes are no paging state of a MockDriver.
    static std::optional<MockPosition> from_bytes(BytesView bytes) noexcept;
};

}  // namespace coodie
