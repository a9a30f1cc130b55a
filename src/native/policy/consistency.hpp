// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/driver/options.hpp>

namespace coodie::native {

/// Of the Paxos phase of conditional writes and reads.
[[nodiscard]] constexpr bool is_serial(Consistency level) noexcept {
    return level == Consistency::serial || level == Consistency::local_serial;
}

}  // namespace coodie::native
