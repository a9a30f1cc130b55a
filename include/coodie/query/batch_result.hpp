// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/driver/result.hpp>
#include <coodie/query/row_decoder.hpp>

#include <utility>

namespace coodie {

/// What became of a batch.
class BatchResult {
public:
    BatchResult() = default;
    explicit BatchResult(Result result)
        : result_(std::move(result)), applied_(query::read_applied(result_).applied) {}

    /// False when a write's condition did not hold: then nothing of the batch was written.
    [[nodiscard]] bool applied() const noexcept { return applied_; }
    [[nodiscard]] explicit operator bool() const noexcept { return applied_; }
    /// Throws NotApplied.
    void or_throw() const;
    /// The rows of a conditional batch that was not applied.
    [[nodiscard]] const Result& result() const noexcept { return result_; }

private:
    Result result_;
    bool applied_ = true;
};

}  // namespace coodie
