// SPDX-License-Identifier: Apache-2.0
#include "native/protocol/responses/void.hpp"

#include "native/protocol/big_endian.hpp"
#include "native/protocol/responses/result_kind.hpp"

namespace coodie::native {

bool is_plain_void(const EnvelopeHeader& header, BytesView body) noexcept {
    return header.opcode == Opcode::result && (header.flags & prefix_flags) == 0 && body.size() >= 4 &&
           load_big<std::int32_t>(body.data()) == static_cast<std::int32_t>(ResultKind::void_);
}

}  // namespace coodie::native
