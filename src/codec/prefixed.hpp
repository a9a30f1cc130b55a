// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/codec/wire.hpp>
#include <coodie/types/bytes.hpp>

namespace coodie::wire {

/// Appends `[int] length + content`. Throws ValidationError when the content has more than 2^31 - 1 bytes.
inline void append_prefixed(Bytes& out, BytesView content) {
    const std::size_t at = begin_length(out);
    append(out, content);
    end_length(out, at);
}

}  // namespace coodie::wire
