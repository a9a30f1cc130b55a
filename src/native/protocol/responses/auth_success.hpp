// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/types/bytes.hpp>

#include <optional>

namespace coodie::native {

/// AUTH_SUCCESS (v5 specification, section 4.2.8).
struct AuthSuccessResponse {
    /// nullopt: null.
    std::optional<Bytes> token;
};

}  // namespace coodie::native
