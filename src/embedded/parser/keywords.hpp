// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace coodie::embedded {

/// Whether a lower-cased word cannot be an identifier unless it is quoted (Cassandra 5.0's list).
[[nodiscard]] bool is_reserved(std::string_view word) noexcept;

}  // namespace coodie::embedded
