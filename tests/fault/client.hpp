// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "stub/server.hpp"

#include <coodie/codec/codec.hpp>
#include <coodie/driver/driver.hpp>
#include <coodie/driver/scheme.hpp>

#include <boost/asio/any_io_executor.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace fault {

namespace stub = coodie::stub;
using coodie::Error;
using coodie::ErrorKind;
using coodie::Outcome;
using coodie::Result;
using coodie::Statement;
using coodie::StatementKind;
using coodie::StatementText;
using coodie::native::Opcode;

/// One table of one node's fake cluster: users (id int, name text).
inline stub::Table users(int rows = 1) {
    stub::Table table;
    table.name = "users";
    table.columns = {{"id", coodie::TypeId::int_}, {"name", coodie::TypeId::text}};
    for (int id = 1; id <= rows; ++id)
        table.rows.push_back(
            {stub::value_of(std::int32_t{id}), stub::value_of("user " + std::to_string(id))});
    return table;
}

inline std::shared_ptr<coodie::Driver> open(const std::string& url) {
    coodie::OpenedDriver opened = coodie::open_driver(url);
    if (const Error* error = std::get_if<Error>(&opened)) {
        ADD_FAILURE() << error->message();
        return nullptr;
    }
    return std::get<std::shared_ptr<coodie::Driver>>(opened);
}

inline std::shared_ptr<coodie::Driver> open(const stub::Server& server, const std::string& options = "") {
    return open("cassandra://" + server.contact_point() + (options.empty() ? "" : "/?" + options));
}

/// With an executor for asynchronous requests.
inline std::shared_ptr<coodie::Driver> open(const stub::Server& server, const std::string& options,
                                            boost::asio::any_io_executor executor) {
    const auto url = coodie::Url::parse("cassandra://" + server.contact_point() + "/?" + options);
    coodie::OpenedDriver opened =
        coodie::open_driver(std::get<coodie::Url>(url),
                            std::make_shared<const boost::asio::any_io_executor>(std::move(executor)));
    if (const Error* error = std::get_if<Error>(&opened)) {
        ADD_FAILURE() << error->message();
        return nullptr;
    }
    return std::get<std::shared_ptr<coodie::Driver>>(opened);
}

inline Statement statement(std::string cql, StatementKind kind, int id = 1) {
    coodie::BoundValues values;
    coodie::encode_value(id, values.buffer());
    values.count_one();
    return Statement(StatementText(std::move(cql), kind, {}, {0}), std::move(values));
}
inline Statement read(int id = 1) {
    return statement("SELECT id, name FROM ks.users WHERE id = ?", StatementKind::select, id);
}
inline Statement write(int id = 1) {
    return statement("UPDATE ks.users SET name = 'x' WHERE id = ?", StatementKind::update, id);
}
inline Statement idempotent(Statement statement) {
    statement.options().idempotent = true;
    return statement;
}

/// The error's text; "" when there is none.
inline std::string message(const Outcome& outcome) {
    const Error* error = std::get_if<Error>(&outcome);
    return error == nullptr ? std::string() : error->message();
}
inline std::optional<ErrorKind> kind(const Outcome& outcome) {
    const Error* error = std::get_if<Error>(&outcome);
    return error == nullptr ? std::nullopt : std::optional(error->kind());
}
inline bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

/// The names in the rows.
inline std::vector<std::string> names(const Outcome& outcome) {
    std::vector<std::string> found;
    const Result* result = std::get_if<Result>(&outcome);
    if (result == nullptr) return {"error: " + message(outcome)};
    coodie::RowReader reader(*result);
    for (std::uint32_t row = 0; row < result->row_count(); ++row) {
        coodie::Cell cell;
        std::string name;
        EXPECT_TRUE(reader.next(cell));
        EXPECT_TRUE(reader.next(cell));
        coodie::decode_value(cell, name);
        found.push_back(std::move(name));
    }
    return found;
}

/// Collects the outcome of an asynchronous request, and counts how often it came.
class Waiting final : public coodie::Request {
public:
    void complete(Outcome&& outcome) noexcept override {
        const std::lock_guard lock(mutex_);
        ++completions_;
        outcome_.emplace(std::move(outcome));
        arrived_.notify_all();
    }
    [[nodiscard]] std::optional<Outcome> wait(std::chrono::seconds limit = std::chrono::seconds(20)) {
        std::unique_lock lock(mutex_);
        arrived_.wait_for(lock, limit, [this] { return outcome_.has_value(); });
        return outcome_;
    }
    [[nodiscard]] int completions() {
        const std::lock_guard lock(mutex_);
        return completions_;
    }

private:
    std::mutex mutex_;
    std::condition_variable arrived_;
    std::optional<Outcome> outcome_;
    int completions_ = 0;
};

/// How a request is made; parameter of tests that do both.
enum class Front { blocking, asynchronous };
inline auto both_fronts() { return testing::Values(Front::blocking, Front::asynchronous); }
inline std::string front_name(const testing::TestParamInfo<Front>& front) {
    return front.param == Front::blocking ? "Blocking" : "Asynchronous";
}

/// The outcome, which must come once.
inline Outcome run(coodie::Driver& driver, const Statement& statement, Front front) {
    if (front == Front::blocking) return driver.execute(statement);
    const auto waiting = std::make_shared<Waiting>();
    (void)driver.start(coodie::Statement(statement), waiting);
    std::optional<Outcome> told = waiting->wait();
    EXPECT_EQ(waiting->completions(), 1);
    return told ? std::move(*told) : Outcome(Error(ErrorKind::timeout, "never completed"));
}

/// Waits for what nothing tells of: asks `holds` every few milliseconds. @returns false when the time is
/// over.
template <class Holds>
[[nodiscard]] bool eventually(const Holds& holds, std::chrono::seconds limit = std::chrono::seconds(20)) {
    const auto end = std::chrono::steady_clock::now() + limit;
    while (!holds()) {
        if (std::chrono::steady_clock::now() > end) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return true;
}

/// The names that the stub answers a read with when nothing is scripted.
inline const std::vector<std::string> first_user{"user 1"};

}  // namespace fault
