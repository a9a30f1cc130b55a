// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace coodie::native {

/// The reason of this thread's last OpenSSL error in OpenSSL's words ("no start line"), and an empty queue;
/// never data of files or keys. "unknown reason" when there is none.
[[nodiscard]] std::string take_openssl_reason();

}  // namespace coodie::native
