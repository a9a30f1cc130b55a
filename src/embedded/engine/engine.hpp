// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedded/engine/clock.hpp"
#include "embedded/engine/paging.hpp"
#include "embedded/engine/prepared.hpp"
#include "embedded/engine/running.hpp"
#include "embedded/engine/schema.hpp"
#include "embedded/engine/virtual_tables.hpp"
#include "embedded/planner/bind.hpp"
#include "embedded/storage/store.hpp"

#include <coodie/driver/result.hpp>
#include <coodie/driver/statement.hpp>

#include <atomic>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace coodie::embedded {

/// How one statement runs.
struct Call {
    std::string_view keyspace;  ///< of unqualified names; "" when there is none
    Running running;
    std::optional<std::string> use;  ///< set by USE: the caller's keyspace from now on
};

/// A database: catalog, storage and the execution of statements. Any thread may use it; several drivers may
/// share it.
class Engine {
public:
    static std::variant<std::unique_ptr<Engine>, Error> open(const storage::StoreOptions& options);

    Outcome execute(const Statement& statement, Call& call);
    Outcome execute(const BatchStatement& batch, Call& call);
    std::variant<Description, Error> describe(const StatementText& text, std::string_view keyspace);
    [[nodiscard]] storage::Store& store() noexcept { return *store_; }

private:
    using PreparedPtr = std::shared_ptr<const Prepared>;

    /// A write of a batch, or alone, on its way.
    struct PendingWrite {
        const ModificationPlan* plan = nullptr;
        const OpenTable* table = nullptr;
        const Bound* bound = nullptr;
        BoundModification modification;
    };
    using PendingWrites = std::deque<PendingWrite>;

    explicit Engine(std::unique_ptr<storage::Store> store) : store_(std::move(store)) {}
    std::optional<Error> load();
    std::optional<Error> load_secret(std::string_view name, std::span<std::byte> bytes);

    std::variant<PreparedPtr, Error> prepare(const StatementText& text, std::string_view keyspace);
    std::variant<PreparedPtr, Error> prepare_now(const StatementText& text, std::string_view keyspace);
    [[nodiscard]] std::shared_ptr<const OpenSchema> schema() const;
    /// Shared by writes, exclusive for schema changes and TRUNCATE: a write is done with the schema it was
    /// planned for.
    std::shared_lock<std::shared_mutex> lock_for_write();

    Outcome run(const PreparedPtr& prepared, const Statement& statement, Call& call);
    Outcome select(const Prepared& prepared, const SelectPlan& plan, const Statement& statement, Call& call);
    Outcome write_one(const Prepared& prepared, const ModificationPlan& plan, const Statement& statement);
    Outcome write_batch(const Prepared& prepared, const BatchPlan& plan, const Statement& statement);
    Outcome write_all(PendingWrites& writes, std::optional<std::int64_t> timestamp,
                      const BatchPlan* conditional);
    Outcome write_conditional(PendingWrites& writes, const std::shared_ptr<const ColumnSpecs>& applied,
                              const std::shared_ptr<const ColumnSpecs>& not_applied,
                              const std::vector<std::uint16_t>& fetch);
    std::optional<Error> store_writes(PendingWrites& writes, std::optional<std::int64_t> timestamp);
    storage::PartitionLocks::Guard lock_partitions(const PendingWrites& writes);

    Outcome change_schema(const ast::Statement& statement, std::string_view keyspace);
    Outcome truncate(const Table& table);
    std::optional<Error> build_index(const OpenTable& table, std::string_view index);
    std::optional<Error> drop_storage(std::uint32_t id, storage::WriteBatch& batch);

    std::unique_ptr<storage::Store> store_;
    Clock clock_;
    PlanCache cache_;
    SipKey paging_key_{};
    NodeFacts facts_;

    mutable std::mutex schema_pointer_mutex_;
    std::shared_ptr<const OpenSchema> schema_;
    std::atomic<std::uint64_t> version_{0};
    std::shared_mutex schema_mutex_;
    std::mutex change_mutex_;  ///< held by who changes the schema; new writes queue behind it
    std::atomic<bool> changing_{false};
};

}  // namespace coodie::embedded
