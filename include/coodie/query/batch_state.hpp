// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/driver/driver.hpp>
#include <coodie/driver/options.hpp>
#include <coodie/driver/statement.hpp>
#include <coodie/model/model_info.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace coodie {

/// For `BatchQuery`. Trivially destructible; text is borrowed for the call only.
struct BatchOptions {
    std::optional<std::chrono::milliseconds> timeout{};
    std::optional<WriteTime> timestamp{};  ///< of every write in it
    std::optional<Consistency> consistency{};
    std::optional<Consistency> serial_consistency{};  ///< when a write in it is conditional
    std::string_view driver{};                        ///< a name in the registry; "": that of the first write
};
static_assert(std::is_trivially_destructible_v<BatchOptions>);

namespace query {

/// The writes that a batch collects, and what must hold for them to go together: the part of BatchQuery that
/// both fronts share. One thread.
class BatchState {
public:
    explicit BatchState(BatchType type, BatchOptions options);
    BatchState(const BatchState&) = delete;
    BatchState& operator=(const BatchState&) = delete;

    /// Joins a write of a model. Throws InvalidQueryError: the batch was executed, a model of another driver,
    /// counters beside other writes (semantics rule 20), a conditional write of another partition or table
    /// (rule 18), a timestamp beside the batch's.
    void join(const ModelInfo& model, std::string_view keyspace, std::shared_ptr<Driver> driver,
              Statement statement);
    /// Joins a write made by hand; what the library cannot know of it is left to the server.
    void join_raw(std::shared_ptr<Driver> driver, Statement statement);

    [[nodiscard]] std::size_t size() const noexcept { return batch_.statements().size(); }
    [[nodiscard]] bool empty() const noexcept { return size() == 0; }
    [[nodiscard]] bool executed() const noexcept { return executed_; }
    /// What to send, and where; marks the batch as executed. Throws InvalidQueryError the second time.
    [[nodiscard]] BatchStatement take();
    /// Null when the batch is empty.
    [[nodiscard]] const std::shared_ptr<Driver>& driver() const noexcept { return driver_; }
    /// Of `BatchOptions::driver`, else the default one: where a raw statement goes.
    [[nodiscard]] std::shared_ptr<Driver> driver_for_raw() const;

protected:
    ~BatchState() = default;

private:
    void check_open(const char* what) const;
    void check_driver(const std::shared_ptr<Driver>& driver) const;
    void check_counters(const ModelInfo& model) const;
    void check_condition(const ModelInfo& model, bool conditional, bool one_partition) const;
    void become_counter_batch();

    BatchStatement batch_;
    std::shared_ptr<Driver> driver_;
    const ModelInfo* first_model_ = nullptr;
    std::string first_partition_;  ///< text of the table and bytes of the partition key of the first write
    bool one_partition_ = true;
    bool conditional_ = false;
    bool executed_ = false;
    bool counters_ = false;
};

}  // namespace query
}  // namespace coodie
