// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/types/error.hpp>

#include <cstddef>
#include <utility>
#include <vector>

namespace coodie {

/// What became of many writes.
class InsertManyResult {
public:
    struct Failure {
        std::size_t index;  ///< of the document in the range
        Error error;
    };

    InsertManyResult() = default;
    InsertManyResult(std::size_t written, std::vector<Failure> failures)
        : failures_(std::move(failures)), written_(written) {}

    [[nodiscard]] std::size_t written() const noexcept { return written_; }
    /// By index.
    [[nodiscard]] const std::vector<Failure>& failures() const noexcept { return failures_; }
    [[nodiscard]] bool all_written() const noexcept { return failures_.empty(); }
    /// Throws the first failure's error, saying how many there are.
    void or_throw() const;

private:
    std::vector<Failure> failures_;
    std::size_t written_ = 0;
};

}  // namespace coodie
