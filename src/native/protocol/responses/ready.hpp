// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace coodie::native {

/// READY (v5 specification, section 4.2.2): no authentication is needed, or REGISTER was accepted.
struct ReadyResponse {};

}  // namespace coodie::native
