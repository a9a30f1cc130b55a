// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/types/bytes.hpp>

#include <span>
#include <string_view>
#include <utility>

namespace coodie::native {

/// Names and values for a server's own query handler (v5 specification, section 2.2). Borrowed.
using CustomPayload = std::span<const std::pair<std::string_view, BytesView>>;

}  // namespace coodie::native
