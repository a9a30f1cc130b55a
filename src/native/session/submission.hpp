// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/session/execution.hpp"

#include <coodie/types/error.hpp>

#include <cstdint>
#include <memory>
#include <optional>

namespace coodie::native {

class Channel;
struct Pending;

/// What became of an execution's envelope.
struct Submission {
    /// Of a request on its way; not set: `next` says how the execution goes on.
    std::optional<std::int16_t> stream;
    Execution::Next next = Execution::Next::send;
};

/// Sends what `execution` has due; what could not be sent is told to it.
[[nodiscard]] Submission submit(Execution& execution, Channel& channel, std::shared_ptr<Pending>&& pending);

/// "the connection to 10.0.0.1:9042 broke"
[[nodiscard]] Error connection_broke(const Channel& channel);

}  // namespace coodie::native
