// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace coodie::native {

/// RESULT Set_keyspace (v5 specification, section 4.2.5.3).
struct SetKeyspaceResult {
    std::string keyspace;
};

}  // namespace coodie::native
