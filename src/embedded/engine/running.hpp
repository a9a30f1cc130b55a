// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/types/error.hpp>

#include <atomic>
#include <chrono>
#include <optional>

namespace coodie::embedded {

/// Whether a running statement should go on. Asked now and then by what may take long.
class Running {
public:
    using Time = std::chrono::steady_clock::time_point;

    Running(const std::atomic<bool>* closed, const std::atomic<bool>* cancelled,
            std::optional<Time> deadline) noexcept
        : closed_(closed), cancelled_(cancelled), deadline_(deadline) {}

    /// The error to stop with; nullopt: go on. Looks at the clock every 256th time only.
    [[nodiscard]] std::optional<Error> check() {
        if (++calls_ % 256 != 0) return std::nullopt;
        return check_now();
    }
    [[nodiscard]] std::optional<Error> check_now() const {
        if (closed_ != nullptr && closed_->load(std::memory_order_relaxed))
            return Error(ErrorKind::cancelled, "the statement was cancelled: its embedded driver was closed");
        if (cancelled_ != nullptr && cancelled_->load(std::memory_order_relaxed))
            return Error(ErrorKind::cancelled, "the statement was cancelled by its caller");
        if (deadline_ && std::chrono::steady_clock::now() >= *deadline_)
            return Error(ErrorKind::timeout,
                         "the statement did not end within its timeout; a smaller page_size or a "
                         "longer timeout may help");
        return std::nullopt;
    }

private:
    const std::atomic<bool>* closed_;
    const std::atomic<bool>* cancelled_;
    std::optional<Time> deadline_;
    unsigned calls_ = 0;
};

}  // namespace coodie::embedded
