// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/cluster/host.hpp"

#include <coodie/driver/observer.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace coodie::native {

class Telemetry;

/// Times the attempts of one execution, one after the other, while metrics or a request hook are on: each
/// ends once, is counted at its node at that moment, and is told when no lock is held. One thread at a time.
class AttemptWatch {
public:
    using Clock = std::chrono::steady_clock;

    /// @param numbers the watch whose numbers a speculative execution goes on with; nullptr: its own.
    /// Outlives this.
    explicit AttemptWatch(AttemptWatch* numbers) : numbers_(numbers == nullptr ? *this : *numbers) {
        report_.speculative = numbers != nullptr;
    }
    AttemptWatch(const AttemptWatch&) = delete;
    AttemptWatch& operator=(const AttemptWatch&) = delete;

    /// Something is about to be sent. `statement` lives as long as this.
    void begin(Host& host, std::string_view statement, std::size_t statements, bool prepare);
    /// It was not sent after all.
    void forget() noexcept { host_ = nullptr; }
    /// What began has ended; later ends of the same attempt are none.
    /// @param server_code of ErrorKind::server, else 0.
    void end(std::optional<ErrorKind> error, std::int32_t server_code = 0) noexcept;
    /// Tells the hook what has ended, if it was not told. Call it without a lock.
    void tell(const Telemetry& telemetry) noexcept;

private:
    AttemptWatch& numbers_;
    std::uint32_t last_number_ = 0;
    Host* host_ = nullptr;  // whose answer is awaited
    Clock::time_point begun_{};
    AttemptReport report_;
    std::string node_;
    bool ended_ = false;  // and not told
};

}  // namespace coodie::native
