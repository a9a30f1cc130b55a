// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/driver/driver.hpp>

#include <mutex>
#include <string>
#include <vector>

namespace fault {

/// What a hook was told; the context of hear().
class Told {
public:
    struct Attempt {
        std::string statement, node;
        coodie::AttemptReport report;  // its views are over
    };
    static void hear(void* context, const coodie::AttemptReport& report) noexcept {
        Told& told = *static_cast<Told*>(context);
        const std::lock_guard lock(told.mutex_);
        told.attempts_.push_back({std::string(report.statement), std::string(report.node), report});
    }
    [[nodiscard]] std::vector<Attempt> attempts() const {
        const std::lock_guard lock(mutex_);
        return attempts_;
    }
    void forget() {
        const std::lock_guard lock(mutex_);
        attempts_.clear();
    }

private:
    mutable std::mutex mutex_;
    std::vector<Attempt> attempts_;
};

}  // namespace fault
