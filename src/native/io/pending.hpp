// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/fsm/frame_reader.hpp"

#include <coodie/types/error.hpp>

namespace coodie::native {

/// One request that a channel sent and whose answer is awaited. Exactly one of the two functions is called,
/// once, unless the request was abandoned before; on whichever thread reads the channel, without any lock of
/// the channel.
struct Pending {
    virtual ~Pending() = default;
    /// @param envelope may be moved from.
    virtual void answered(Envelope&& envelope) noexcept = 0;
    /// The channel closed after the request was sent: the server may have executed it.
    virtual void lost(const Error& why) noexcept = 0;
};

}  // namespace coodie::native
