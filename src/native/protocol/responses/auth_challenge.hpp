// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/types/bytes.hpp>

#include <optional>

namespace coodie::native {

/// AUTH_CHALLENGE (v5 specification, section 4.2.7).
struct AuthChallengeResponse {
    /// nullopt: null.
    std::optional<Bytes> token;
};

}  // namespace coodie::native
