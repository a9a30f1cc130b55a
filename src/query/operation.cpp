// SPDX-License-Identifier: Apache-2.0
#include <coodie/query/operation.hpp>

#include <coodie/query/query_builder.hpp>
#include <coodie/types/error.hpp>

#include "query/page_token.hpp"
#include "query/select_one.hpp"

#include <algorithm>
#include <variant>

namespace coodie::query {
namespace {

std::shared_ptr<const std::string> own(std::string_view keyspace) {
    return keyspace.empty() ? nullptr : std::make_shared<const std::string>(keyspace);
}

Operation write_operation(const ModelInfo& model, const char* name, std::string_view keyspace,
                          Statement&& statement) {
    return {&model, name, keyspace, driver_of(model, keyspace), std::move(statement), nullptr};
}

OperationContext context_of(const QueryState& state, const char* name, std::string_view keyspace = {}) {
    return {.model = state.model,
            .operation = name,
            .keyspace = keyspace.empty() ? std::string_view(state.keyspace) : keyspace};
}

Operation query_operation(const QueryState& state, const char* name, std::string_view keyspace,
                          Statement&& statement) {
    const OperationContext context = context_of(state, name, keyspace);
    auto where = std::make_shared<const Predicates>(state.where.predicates());
    if (state.where.matches_nothing()) return Operation(context, std::move(where));
    return {context, driver_of(state, keyspace), std::move(statement), std::move(where)};
}

}  // namespace

Operation::Operation(const OperationContext& context, std::shared_ptr<const Predicates> where)
    : where_(std::move(where)),
      keyspace_(own(context.keyspace)),
      model_(context.model),
      name_(context.operation) {}

Operation::Operation(const ModelInfo* model, const char* name, std::string_view keyspace,
                     std::shared_ptr<Driver> driver, Statement&& statement,
                     std::shared_ptr<const Predicates> where)
    : driver_(std::move(driver)),
      statement_(std::move(statement)),
      where_(std::move(where)),
      keyspace_(own(keyspace)),
      model_(model),
      name_(name) {
    const StatementKind kind = statement_.text().kind();
    conditional_ = kind == StatementKind::conditional;
    // A statement made by hand may have pages whatever its kind says.
    const bool pages = kind == StatementKind::select || kind == StatementKind::other;
    one_page_ = !pages || statement_.options().page_size == 0;
    more_ = true;
}

std::string_view Operation::keyspace() const noexcept {
    return keyspace_ ? std::string_view(*keyspace_) : std::string_view();
}

Statement Operation::statement_to_send() {
    if (!one_page_) return statement_;
    more_ = false;
    if (statement_.text().kind() == StatementKind::select) {
        const BytesView values = statement_.values().bytes();
        shown_size_ = static_cast<std::uint8_t>(std::min(values.size(), shown_.size()));
        std::copy_n(values.begin(), shown_size_, shown_.begin());
    }
    return std::move(statement_);
}

Result Operation::take(Outcome&& outcome) { return std::move(page_in(outcome)); }

Result& Operation::page_in(Outcome& outcome) {
    if (const Error* error = std::get_if<Error>(&outcome)) raise(explained(*error, context()));
    Result& page = *std::get_if<Result>(&outcome);
    const BytesView state = page.paging_state();
    more_ = !one_page_ && !state.empty();
    if (more_) statement_.set_paging_state(Bytes(state.begin(), state.end()));
    return page;
}

void FirstPage::take() {
    Result& page = operation_->page_in(outcome_);
    if (page.row_count() == 0) return;
    if (page_ != nullptr || (only_ && page.row_count() > 1)) throw_several(operation_->context());
    page_ = only_ && operation_->has_more() ? &kept_.emplace(std::move(page)) : &page;
}

OperationContext Operation::context() const noexcept {
    BytesView values = BytesView(shown_).first(shown_size_);
    if (statement_.text() && statement_.text().kind() == StatementKind::select)
        values = statement_.values().bytes();
    return {.model = model_,
            .operation = name_,
            .keyspace = keyspace(),
            .where = where_ ? where_->view() : std::span<const Predicate>(),
            .values = values,
            .conditional = conditional_};
}

bool Operation::join(BatchState* batch) {
    if (batch == nullptr || !more_) return false;
    more_ = false;
    batch->join(*model_, keyspace(), std::move(driver_), std::move(statement_));
    return true;
}

Operation save_operation(const ModelInfo& model, const void* document, const SaveOptions& options) {
    return write_operation(model, "save", options.keyspace, save_statement(model, document, options));
}

Operation insert_operation(const ModelInfo& model, const void* document, const InsertOptions& options) {
    return write_operation(model, "insert", options.keyspace, insert_statement(model, document, options));
}

Operation update_operation(const ModelInfo& model, const void* document, const ChangeList& changes,
                           const PredicateList& conditions, const UpdateOptions& options) {
    return write_operation(model, "update", options.keyspace,
                           update_statement(model, document, changes, conditions, options));
}

Operation remove_operation(const ModelInfo& model, const void* document, const PredicateList& conditions,
                           const RemoveOptions& options) {
    return write_operation(model, "remove", options.keyspace,
                           remove_statement(model, document, conditions, options));
}

Operation read_operation(const ModelInfo& model, PredicateList&& where, const char* name) {
    if (where.matches_nothing())
        return Operation({.model = &model, .operation = name},
                         std::make_shared<const Predicates>(where.predicates()));
    std::shared_ptr<Driver> driver = driver_of(model);
    const SelectOne& select = SelectOne::of(model, where);
    return {&model, name, {}, std::move(driver), select.statement(std::move(where.values())), select.where()};
}

Operation select_operation(const QueryState& state, SelectKind kind, const char* name) {
    return query_operation(state, name, {}, select_statement(state, kind));
}

Operation bulk_update_operation(const QueryState& state, const ChangeList& changes,
                                const UpdateOptions& options) {
    return query_operation(state, "update", options.keyspace, bulk_update_statement(state, changes, options));
}

Operation bulk_remove_operation(const QueryState& state, const RemoveOptions& options) {
    return query_operation(state, "remove", options.keyspace, bulk_remove_statement(state, options));
}

SaveOptions save_options(const InsertManyOptions& options) {
    if (options.ttl) static_cast<void>(checked_ttl(*options.ttl));
    return {.ttl = options.ttl,
            .timestamp = options.timestamp,
            .consistency = options.consistency,
            .timeout = options.timeout,
            .keyspace = options.keyspace,
            .nulls = options.nulls};
}

std::string page_token(const Operation& operation, const Result& page) {
    return make_page_token(page.paging_state(), operation.statement());
}

}  // namespace coodie::query
