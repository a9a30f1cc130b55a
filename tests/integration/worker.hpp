// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/driver/driver.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace integration {

/// CREATE TABLE statements of what workers write, in the connection's keyspace.
[[nodiscard]] const std::vector<std::string>& worker_tables();

/// The payload of the row with this id: whoever reads another one has got a row of another's.
[[nodiscard]] std::string payload_of(std::string_view id);

/// One user of a database who waits for each answer: it gives statement after statement, takes the outcomes,
/// and keeps in mind what was acknowledged. Ids are its own. One thread at a time.
///
/// In turn: a row is written, one of its acknowledged rows is read, a counter is increased, an item is
/// appended to a list, an id is claimed with IF NOT EXISTS. The last three are not idempotent (semantics rule
/// 15).
class Worker {
public:
    /// @param keyspace of the tables.
    Worker(std::string name, const std::string& keyspace);

    [[nodiscard]] coodie::Statement next();
    void take(const coodie::Outcome& outcome);

    [[nodiscard]] const std::string& name() const noexcept { return name_; }
    /// Ids of rows that were acknowledged.
    [[nodiscard]] const std::vector<std::string>& rows() const noexcept { return rows_; }
    [[nodiscard]] const std::vector<std::string>& claims() const noexcept { return claims_; }
    [[nodiscard]] const std::vector<std::int32_t>& items() const noexcept { return items_; }
    [[nodiscard]] std::int64_t counted() const noexcept { return counted_; }
    /// Increments that ended with an error: each may have happened once, or not.
    [[nodiscard]] std::int64_t maybe_counted() const noexcept { return maybe_counted_; }
    /// What must never happen, in words; empty when all is well.
    [[nodiscard]] const std::vector<std::string>& faults() const noexcept { return faults_; }

private:
    enum class Step : std::uint8_t { write, read, count, append, claim };
    struct Texts {
        explicit Texts(const std::string& keyspace);
        coodie::StatementText write, read, count, append, claim;
    };

    void advance() noexcept;
    void acknowledge(const coodie::Result& result);
    void check_row(const coodie::Result& result);
    void check_claim(const coodie::Result& result);
    void note_error(const coodie::Error& error);
    [[nodiscard]] std::string id() const { return name_ + "-" + std::to_string(number_); }

    std::string name_;
    Texts texts_;
    Step step_ = Step::write;
    std::int32_t number_ = 0;
    std::string reading_;
    std::vector<std::string> rows_;
    std::vector<std::string> claims_;
    std::vector<std::int32_t> items_;
    std::int64_t counted_ = 0;
    std::int64_t maybe_counted_ = 0;
    std::vector<std::string> faults_;
};

}  // namespace integration
