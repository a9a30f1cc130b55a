// SPDX-License-Identifier: Apache-2.0
#include <coodie/query/predicate.hpp>

#include <coodie/query/statements.hpp>
#include <coodie/query/token.hpp>
#include <coodie/types/error.hpp>

#include <string>

namespace coodie::query {
namespace {

std::string known_columns(const ModelInfo& model) {
    std::string names;
    for (const ColumnInfo& column : model.columns) {
        if (!names.empty()) names += ", ";
        names += column.name;
    }
    return names;
}

std::string subject(const ModelInfo& model, const Predicate& predicate) {
    if (predicate.left == cql::Relation::Left::token) return "token of " + table_label(model);
    return table_label(model) + '.' + std::string(model.columns[predicate.column].name);
}

[[noreturn]] void refuse_null_operand(const ModelInfo& model, const Predicate& predicate) {
    throw InvalidQueryError(
        subject(model, predicate) + ' ' + std::string(cql::to_string(predicate.op)) +
        " null: a filter compares with values only; CQL knows IS NOT NULL alone (an only_if "
        "may say == coodie::null)");
}

}  // namespace

std::uint16_t resolve_column(const ModelInfo& model, std::string_view name) {
    const ColumnInfo* column = model.find(name);
    if (column == nullptr)
        throw InvalidQueryError(table_label(model) + " has no column \"" + std::string(name) + "\"; it has " +
                                known_columns(model));
    return static_cast<std::uint16_t>(column - model.columns.data());
}

void Predicates::grow(const Predicate& predicate) {
    if (many_.empty()) many_.assign(few_.begin(), few_.end());
    many_.push_back(predicate);
}

void PredicateList::add(const ModelInfo& model, std::span<const ConditionTerm> terms) {
    if (values_.capacity() == 0) {
        values_ = BoundValues::spare_buffer();
        values_.reserve(64);
    }
    for (const ConditionTerm& term : terms) {
        Predicate predicate = term.predicate;
        try {
            const Encoded encoded = term.encode(term.expression, model.columns[predicate.column], values_);
            predicate.nothing = encoded.nothing;
            predicate.with_null = encoded.with_null;
            nothing_ |= encoded.nothing;
        } catch (const ValidationError& error) {
            throw ValidationError(subject(model, predicate) + ": " + error.what());
        }
        items_.push_back(predicate);
    }
}

void PredicateList::add(Predicate predicate, BytesView values) {
    items_.push_back(predicate);
    nothing_ |= predicate.nothing;
    values_.insert(values_.end(), values.begin(), values.end());
}

void PredicateList::refuse_nulls(const ModelInfo& model) const {
    for (const Predicate& predicate : items())
        if (predicate.with_null) refuse_null_operand(model, predicate);
}

void ChangeList::add(const ModelInfo& model, std::span<const ChangeTerm> terms) {
    items_.reserve(items_.size() + terms.size());
    offsets_.reserve(items_.size() + terms.size() + 1);
    if (offsets_.empty()) offsets_.push_back(0);
    for (const ChangeTerm& term : terms) {
        const ColumnInfo& column = model.columns[term.change.column];
        const auto label = [&] { return table_label(model) + '.' + std::string(column.name); };
        if (column.kind == ColumnKind::partition_key || column.kind == ColumnKind::clustering)
            throw InvalidQueryError(label() +
                                    " is part of the primary key and cannot be updated; save a new row and "
                                    "remove the old one");
        for (const Change& before : items_)
            if (before.column == term.change.column &&
                (before.kind != cql::Assignment::Kind::element || term.change.kind != before.kind))
                throw InvalidQueryError(label() + " is assigned twice in one update");
        try {
            static_cast<void>(term.encode(term.expression, column, values_));
        } catch (const ValidationError& error) {
            throw ValidationError(label() + ": " + error.what());
        }
        items_.push_back(term.change);
        offsets_.push_back(static_cast<std::uint32_t>(values_.size()));
    }
}

TokenOfDocument::TokenOfDocument(const ModelInfo& model, const void* document) : model_(&model) {
    for (const std::uint16_t index : model.partition_key) {
        const ColumnInfo& column = model.columns[index];
        try {
            column.encode(document, values_);
        } catch (const ValidationError& error) {
            throw ValidationError(table_label(model) + '.' + std::string(column.name) + ": " + error.what());
        }
    }
}

}  // namespace coodie::query
