// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/protocol/envelope.hpp"

#include <coodie/types/bytes.hpp>

namespace coodie::native {

/// RESULT Void (v5 specification, section 4.2.5.1).
struct VoidResult {};

/// The hot path of writes: true for a RESULT Void without tracing id, warnings and custom payload.
[[nodiscard]] bool is_plain_void(const EnvelopeHeader& header, BytesView body) noexcept;

}  // namespace coodie::native
