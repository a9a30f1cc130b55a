// SPDX-License-Identifier: Apache-2.0
#include "embedded/engine/engine.hpp"

#include "embedded/parser/parser.hpp"

#include <algorithm>
#include <cstring>
#include <random>

namespace coodie::embedded {

namespace {

std::variant<std::shared_ptr<const Catalog>, Error> load_catalog(storage::Store& store) {
    std::vector<std::pair<std::string, Bytes>> all;
    for (const std::string_view prefix : {"keyspace/", "table/", "type/", "storage_ids"}) {
        auto records = store.records(prefix);
        if (auto* error = std::get_if<Error>(&records)) return std::move(*error);
        for (auto& record : std::get<0>(records)) all.push_back(std::move(record));
    }
    if (all.empty()) return Catalog::initial();
    return Catalog::load(all);
}

/// The tables that a plan works on, opened.
std::vector<std::shared_ptr<const OpenTable>> tables_of(const Plan& plan, const OpenSchema& schema) {
    std::vector<std::shared_ptr<const OpenTable>> tables;
    if (const auto* select = std::get_if<SelectPlan>(&plan.node))
        tables.push_back(schema.find(*select->table));
    if (const auto* write = std::get_if<ModificationPlan>(&plan.node))
        tables.push_back(schema.find(*write->table));
    if (const auto* batch = std::get_if<BatchPlan>(&plan.node))
        for (const auto& statement : batch->statements) tables.push_back(schema.find(*statement.table));
    return tables;
}

}  // namespace

std::variant<std::unique_ptr<Engine>, Error> Engine::open(const storage::StoreOptions& options) {
    auto store = storage::Store::open(options);
    if (auto* error = std::get_if<Error>(&store)) return std::move(*error);
    std::unique_ptr<Engine> engine(new Engine(std::move(std::get<0>(store))));
    if (auto error = engine->load()) return std::move(*error);
    return engine;
}

std::optional<Error> Engine::load() {
    auto catalog = load_catalog(*store_);
    if (auto* error = std::get_if<Error>(&catalog)) return std::move(*error);
    auto schema = open_schema(*store_, std::move(std::get<0>(catalog)), nullptr);
    if (auto* error = std::get_if<Error>(&schema)) return std::move(*error);
    schema_ = std::move(std::get<0>(schema));
    version_ = schema_->catalog->version();

    auto& id = facts_.host_id;
    if (auto error = load_secret("engine/host_id", id)) return error;
    id[6] = (id[6] & std::byte{0x0F}) | std::byte{0x40};
    id[8] = (id[8] & std::byte{0x3F}) | std::byte{0x80};
    return load_secret("engine/paging_key", std::as_writable_bytes(std::span(paging_key_)));
}

/// A random record that stays the same for the folder's life.
std::optional<Error> Engine::load_secret(std::string_view name, std::span<std::byte> bytes) {
    auto stored = store_->get_record(name);
    if (auto* error = std::get_if<Error>(&stored)) return std::move(*error);
    const auto& record = std::get<0>(stored);
    if (record && record->size() == bytes.size()) {
        std::memcpy(bytes.data(), record->data(), bytes.size());
        return std::nullopt;
    }
    std::random_device random;
    for (auto& byte : bytes) byte = static_cast<std::byte>(random() & 0xFFU);
    storage::WriteBatch batch;
    batch.put_record(name, bytes);
    return store_->write(batch);
}

std::shared_ptr<const OpenSchema> Engine::schema() const {
    const std::lock_guard lock(schema_pointer_mutex_);
    return schema_;
}

std::shared_lock<std::shared_mutex> Engine::lock_for_write() {
    // A shared_mutex may let readers pass for ever; a schema change that waits holds back new ones.
    if (changing_.load(std::memory_order_acquire)) const std::lock_guard wait(change_mutex_);
    return std::shared_lock(schema_mutex_);
}

std::variant<Engine::PreparedPtr, Error> Engine::prepare(const StatementText& text,
                                                         std::string_view keyspace) {
    if (!text) return Error(ErrorKind::invalid_query, "the statement has no text");
    if (auto prepared = cache_.find(text, keyspace, version_.load(std::memory_order_acquire)))
        return prepared;
    return prepare_now(text, keyspace);
}

std::variant<Engine::PreparedPtr, Error> Engine::prepare_now(const StatementText& text,
                                                             std::string_view keyspace) {
    auto parsed = parse(text.cql());
    if (auto* error = std::get_if<Error>(&parsed)) return std::move(*error);
    const auto schema = this->schema();
    auto plan = make_plan(std::get<ast::Statement>(parsed), schema->catalog, keyspace);
    if (auto* error = std::get_if<Error>(&plan)) return std::move(*error);

    auto prepared = std::make_shared<Prepared>();
    prepared->text = text;
    prepared->keyspace = keyspace;
    prepared->plan = std::move(std::get<Plan>(plan));
    prepared->fit = ParameterFit(text, prepared->plan.parameters);
    prepared->tables = tables_of(prepared->plan, *schema);
    prepared->schema_version = schema->catalog->version();
    PreparedPtr result = std::move(prepared);
    if (!std::holds_alternative<SchemaPlan>(result->plan.node)) cache_.put(result);
    return result;
}

Outcome Engine::execute(const Statement& statement, Call& call) {
    if (!statement.keyspace().empty()) call.keyspace = statement.keyspace();
    auto prepared = prepare(statement.text(), call.keyspace);
    if (auto* error = std::get_if<Error>(&prepared)) return std::move(*error);
    return run(std::get<PreparedPtr>(prepared), statement, call);
}

Outcome Engine::run(const PreparedPtr& prepared, const Statement& statement, Call& call) {
    const auto& node = prepared->plan.node;
    if (const auto* plan = std::get_if<SelectPlan>(&node)) return select(*prepared, *plan, statement, call);
    if (std::holds_alternative<ModificationPlan>(node) || std::holds_alternative<BatchPlan>(node)) {
        const auto lock = lock_for_write();
        auto current = prepared;
        if (prepared->schema_version != version_.load(std::memory_order_relaxed)) {
            auto again = prepare_now(statement.text(), call.keyspace);
            if (auto* error = std::get_if<Error>(&again)) return std::move(*error);
            current = std::get<PreparedPtr>(again);
        }
        if (const auto* write = std::get_if<ModificationPlan>(&current->plan.node))
            return write_one(*current, *write, statement);
        if (const auto* batch = std::get_if<BatchPlan>(&current->plan.node))
            return write_batch(*current, *batch, statement);
    }
    if (const auto* plan = std::get_if<UsePlan>(&node)) {
        call.use = plan->keyspace;
        return Result();
    }
    if (const auto* plan = std::get_if<TruncatePlan>(&node)) return truncate(*plan->table);
    if (const auto* plan = std::get_if<SchemaPlan>(&node))
        return change_schema(plan->statement, call.keyspace);
    return Error(server_code::server_error, "the statement's plan is of no kind");
}

std::variant<Description, Error> Engine::describe(const StatementText& text, std::string_view keyspace) {
    auto prepared = prepare(text, keyspace);
    if (auto* error = std::get_if<Error>(&prepared)) return std::move(*error);
    const auto& plan = std::get<PreparedPtr>(prepared)->plan;
    Description description;
    description.parameters = plan.parameters;
    if (plan.columns != nullptr) description.columns = *plan.columns;
    description.routing_key = plan.routing_key;
    return description;
}

}  // namespace coodie::embedded
