// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/cql/query.hpp>

#include <optional>
#include <string>
#include <vector>

namespace coodie::cql {

/// BATCH: several writes that go as one. `batch().add(insert_into(...)...).add(update(...)...)`.
class Batch {
public:
    explicit Batch(BatchType type = BatchType::logged) : batch_(type) {}

    Batch& add(const Query& query);
    Batch& timestamp(WriteTime time);

    /// `BEGIN BATCH ...; ...; APPLY BATCH`, every value a `?`. For reading: drivers send the statements
    /// themselves.
    [[nodiscard]] std::string cql() const;
    /// The values of the `?` in order, as CQL literals; a batch's own timestamp first.
    [[nodiscard]] std::vector<std::string> readable_values() const;
    [[nodiscard]] const BatchStatement& statement() const noexcept { return batch_; }
    [[nodiscard]] BatchStatement& statement() noexcept { return batch_; }

private:
    BatchStatement batch_;
    std::vector<std::string> readable_;
};

[[nodiscard]] Batch batch(BatchType type = BatchType::logged);

}  // namespace coodie::cql
