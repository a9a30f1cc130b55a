// SPDX-License-Identifier: Apache-2.0
#include <coodie/query/batch_state.hpp>

#include <coodie/codec/wire.hpp>
#include <coodie/driver/registry.hpp>
#include <coodie/query/statements.hpp>
#include <coodie/types/error.hpp>

#include "query/clauses.hpp"

#include <utility>
#include <vector>

namespace coodie::query {
namespace {

/// Table and partition key of a write; "" when the text does not tell.
std::string partition_of(const ModelInfo& model, std::string_view keyspace, const Statement& statement) {
    const auto positions = statement.text().routing_key();
    if (positions.size() != model.partition_key.size()) return {};
    std::vector<BytesView> values;
    BoundValueReader reader(statement.values());
    BoundValueReader::State state{};
    for (BytesView content; reader.next(state, content);) values.push_back(content);
    std::string partition = table_label(model, keyspace) + '\n';
    for (const std::uint16_t position : positions) {
        if (position >= values.size()) return {};
        partition += std::to_string(values[position].size()) + ':';
        partition += wire::as_text(values[position]);
    }
    return partition;
}

bool has_timestamp(const Statement& statement) {
    return statement.text().cql().find("TIMESTAMP ?") != std::string::npos;
}

}  // namespace

BatchState::BatchState(BatchType type, BatchOptions options) : batch_(type) {
    if (!options.driver.empty()) driver_ = get_driver(options.driver);
    batch_.options().timeout = options.timeout;
    batch_.options().consistency = options.consistency;
    set_serial(batch_.options(), options.serial_consistency);
    if (options.timestamp) batch_.set_timestamp(microseconds(*options.timestamp));
}

void BatchState::check_open(const char* what) const {
    if (executed_)
        throw InvalidQueryError(std::string(what) + ": this batch was executed; make a new BatchQuery");
}

void BatchState::check_driver(const std::shared_ptr<Driver>& driver) const {
    if (driver_ && driver_.get() != driver.get())
        throw InvalidQueryError("a batch goes to one database: it has writes for " + driver_->name() +
                                ", this one is for " + driver->name() +
                                " (another connection); use two batches");
}

void BatchState::check_counters(const ModelInfo& model) const {
    if (first_model_ != nullptr && counters_ != model.counter_table)
        throw InvalidQueryError("a batch has either counters or other writes, not both; " +
                                table_label(model) + " and " + table_label(*first_model_) +
                                " need two batches");
    if (model.counter_table && batch_.timestamp())
        throw InvalidQueryError("a batch of counters takes no timestamp (" + table_label(model) + ")");
    if (!model.counter_table && batch_.type() == BatchType::counter)
        throw InvalidQueryError("a batch of counters takes no other writes; " + table_label(model) +
                                " is no counter table");
}

void BatchState::check_condition(const ModelInfo& model, bool conditional, bool one_partition) const {
    if (!conditional) return;
    if (!one_partition)
        throw InvalidQueryError(
            "a batch with a conditional write stays in one partition of one table; this write to " +
            table_label(model) + " is elsewhere");
    if (batch_.timestamp())
        throw InvalidQueryError("a batch with a conditional write takes no timestamp (" + table_label(model) +
                                ")");
}

void BatchState::become_counter_batch() {
    if (batch_.type() == BatchType::counter) return;
    BatchStatement counters(BatchType::counter);
    counters.options() = batch_.options();
    batch_ = std::move(counters);
}

void BatchState::join(const ModelInfo& model, std::string_view keyspace, std::shared_ptr<Driver> driver,
                      Statement statement) {
    check_open("a write joins the batch");
    check_driver(driver);
    check_counters(model);
    if (batch_.timestamp() && has_timestamp(statement))
        throw InvalidQueryError("the batch has a timestamp for all its writes; this one to " +
                                table_label(model) + " cannot have its own");
    std::string partition = partition_of(model, keyspace, statement);
    const bool conditional = conditional_ || statement.text().kind() == StatementKind::conditional;
    const bool same = !partition.empty() && (first_model_ == nullptr || partition == first_partition_);
    check_condition(model, conditional, one_partition_ && same);
    if (first_model_ == nullptr) first_partition_ = std::move(partition);
    if (first_model_ == nullptr && model.counter_table) become_counter_batch();
    conditional_ = conditional;
    one_partition_ = one_partition_ && same;
    counters_ = model.counter_table;
    first_model_ = &model;
    driver_ = std::move(driver);
    batch_.add(std::move(statement));
}

void BatchState::join_raw(std::shared_ptr<Driver> driver, Statement statement) {
    check_open("a statement joins the batch");
    check_driver(driver);
    driver_ = std::move(driver);
    batch_.add(std::move(statement));
}

BatchStatement BatchState::take() {
    check_open("execute");
    executed_ = true;
    return std::move(batch_);
}

std::shared_ptr<Driver> BatchState::driver_for_raw() const { return driver_ ? driver_ : get_driver(); }

}  // namespace coodie::query
