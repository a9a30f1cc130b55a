// SPDX-License-Identifier: Apache-2.0
#include "worker.hpp"

#include <coodie/codec/codec.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace integration {

namespace {

using coodie::Statement;
using coodie::StatementKind;
using coodie::StatementText;

template <class... V>
Statement bound(const StatementText& text, bool idempotent, const V&... values) {
    coodie::BoundValues list;
    (
        [&] {
            coodie::encode_value(values, list.buffer());
            list.count_one();
        }(),
        ...);
    Statement statement(text, std::move(list));
    statement.options().idempotent = idempotent;
    return statement;
}

template <class T>
T cell_as(coodie::RowReader& reader) {
    coodie::Cell cell;
    T value{};
    if (reader.next(cell)) coodie::decode_value(cell, value);
    return value;
}

/// What a cluster may say while a node is away; anything else is a fault.
bool is_expected(const coodie::Error& error) {
    namespace code = coodie::server_code;
    constexpr std::array expected = {code::unavailable,   code::overloaded,   code::is_bootstrapping,
                                     code::write_timeout, code::read_timeout, code::write_failure,
                                     code::read_failure,  code::server_error, code::cas_write_unknown};
    switch (error.kind()) {
        case coodie::ErrorKind::connection:
        case coodie::ErrorKind::timeout: return true;
        case coodie::ErrorKind::server:
            return std::find(expected.begin(), expected.end(), error.code()) != expected.end();
        default: return false;
    }
}

}  // namespace

const std::vector<std::string>& worker_tables() {
    static const std::vector<std::string> list = {
        "CREATE TABLE load_rows (id text PRIMARY KEY, owner text, payload text)",
        "CREATE TABLE load_hits (id text PRIMARY KEY, n counter)",
        "CREATE TABLE load_lists (id text PRIMARY KEY, items list<int>)",
        "CREATE TABLE load_claims (id text PRIMARY KEY, owner text)"};
    return list;
}

std::string payload_of(std::string_view id) {
    constexpr std::size_t size = 300;
    std::string payload;
    while (payload.size() < size) payload.append(id).append("/");
    return payload;
}

Worker::Texts::Texts(const std::string& ks)
    : write("INSERT INTO " + ks + ".load_rows (id, owner, payload) VALUES (?, ?, ?)", StatementKind::insert,
            {}, {0}),
      read("SELECT owner, payload FROM " + ks + ".load_rows WHERE id = ?", StatementKind::select, {}, {0}),
      count("UPDATE " + ks + ".load_hits SET n = n + 1 WHERE id = ?", StatementKind::update, {}, {0}),
      append("UPDATE " + ks + ".load_lists SET items = items + ? WHERE id = ?", StatementKind::update, {},
             {1}),
      claim("INSERT INTO " + ks + ".load_claims (id, owner) VALUES (?, ?) IF NOT EXISTS",
            StatementKind::conditional, {}, {0}) {}

Worker::Worker(std::string name, const std::string& keyspace) : name_(std::move(name)), texts_(keyspace) {}

Statement Worker::next() {
    switch (step_) {
        case Step::write: return bound(texts_.write, true, id(), name_, payload_of(id()));
        case Step::read:
            // Now the newest, now an older one.
            reading_ =
                number_ % 2 == 0 ? rows_.back() : rows_[static_cast<std::size_t>(number_) * 7 % rows_.size()];
            return bound(texts_.read, true, reading_);
        case Step::count: return bound(texts_.count, false, name_);
        case Step::append: return bound(texts_.append, false, std::vector<std::int32_t>{number_}, name_);
        case Step::claim: break;
    }
    return bound(texts_.claim, false, id(), name_);
}

void Worker::take(const coodie::Outcome& outcome) {
    if (const auto* error = std::get_if<coodie::Error>(&outcome))
        note_error(*error);
    else
        acknowledge(std::get<coodie::Result>(outcome));
    advance();
}

void Worker::advance() noexcept {
    if (step_ == Step::claim) {
        step_ = Step::write;
        ++number_;
        return;
    }
    step_ = static_cast<Step>(static_cast<int>(step_) + 1);
    if (step_ == Step::read && rows_.empty()) step_ = Step::count;
}

void Worker::acknowledge(const coodie::Result& result) {
    switch (step_) {
        case Step::write: rows_.push_back(id()); break;
        case Step::read: check_row(result); break;
        case Step::count: ++counted_; break;
        case Step::append: items_.push_back(number_); break;
        case Step::claim: check_claim(result); break;
    }
}

void Worker::check_row(const coodie::Result& result) {
    if (result.row_count() != 1) {
        faults_.push_back("row " + reading_ + " was acknowledged and has " +
                          std::to_string(result.row_count()) + " rows");
        return;
    }
    coodie::RowReader reader(result);
    const auto owner = cell_as<std::string>(reader);
    const auto payload = cell_as<std::string>(reader);
    if (owner != name_ || payload != payload_of(reading_))
        faults_.push_back("asked for row " + reading_ + ", got one of " + owner + ": " +
                          payload.substr(0, 40));
}

/// Nobody else claims this id: "not applied" would be the second of two tries.
void Worker::check_claim(const coodie::Result& result) {
    coodie::RowReader reader(result);
    if (result.row_count() == 1 && cell_as<bool>(reader))
        claims_.push_back(id());
    else
        faults_.push_back("claim of " + id() + " was not applied: it was sent twice");
}

void Worker::note_error(const coodie::Error& error) {
    if (step_ == Step::count) ++maybe_counted_;
    if (!is_expected(error)) faults_.push_back("an unexpected error: " + error.message());
}

}  // namespace integration
