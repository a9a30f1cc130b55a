// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace coodie::native {

/// AUTHENTICATE (v5 specification, section 4.2.3).
struct AuthenticateResponse {
    /// The Java class name of the authenticator.
    std::string authenticator;
};

}  // namespace coodie::native
