// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "front.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace conformance {

/// The database that this run judges, with a keyspace of its own, which is the default connection's.
class Database {
public:
    /// @param url of the driver, without a keyspace: "memory:name", "embedded:///folder",
    /// "cassandra://host:port"; "judge://host:port" is the tests' own small client.
    explicit Database(std::string url);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    [[nodiscard]] static Database& the();
    [[nodiscard]] const std::string& keyspace() const noexcept { return keyspace_; }
    /// "memory", "embedded", "cassandra" or "judge".
    [[nodiscard]] std::string_view scheme() const noexcept;
    /// Whether a real cluster answers.
    [[nodiscard]] bool is_cluster() const noexcept { return scheme() == "cassandra" || scheme() == "judge"; }
    /// One more connection to the same database, registered by that name.
    [[nodiscard]] coodie::Connection connect(std::string_view name, std::string_view keyspace) const;

private:
    std::string url_;
    std::string keyspace_;
};

/// What the driver said that it does not support, one line per case.
std::vector<std::string>& unsupported();

/// What no driver gets right yet: the library's faults, one line per case.
std::vector<std::string>& known_failures();

/// Runs a case; one that needs something that the driver does not support is skipped and listed.
void run_case(const char* name, void (*body)());

/// Creates the table of T, once per run.
template <class T>
void need_table() {
    static const bool created = (static_cast<void>(WAIT(front::sync_table<T>())), true);
    static_cast<void>(created);
}

/// Runs a statement made by hand. Unqualified names are of the run's keyspace.
template <class... V>
front::Rows raw(std::string_view cql, const V&... arguments) {
    return WAIT(front::execute_raw(cql, arguments...));
}
/// Its first column in its only row.
template <class T, class... V>
std::optional<T> value_of(std::string_view cql, const V&... arguments) {
    front::Rows rows = raw(cql, arguments...);
    return WAIT(rows.template one<T>());
}

/// What `action` says as it fails with exception E; "" with a failure of the test when it does not.
template <class E, class Action>
std::string message_of(const Action& action);
/// The code of the server's error likewise; -1 when there is none.
template <class Action>
std::int32_t code_of(const Action& action);

}  // namespace conformance

/// TEST of which the body is a function: CASE(Values, Rule1UnsetNullEmpty) { ... }
#define CASE(group, name)                                                          \
    static void group##name();                                                     \
    TEST(group, name) { ::conformance::run_case(#group "." #name, &group##name); } \
    static void group##name()

/// In a CASE: skips it and lists why.
#define SKIP_KNOWN_FAILURE(reason)                                                             \
    do {                                                                                       \
        ::conformance::known_failures().emplace_back(std::string(__func__) + ": " + (reason)); \
        GTEST_SKIP() << "known failure: " << (reason);                                         \
    } while (false)

#include <gtest/gtest.h>

template <class E, class Action>
std::string conformance::message_of(const Action& action) {
    try {
        action();
    } catch (const E& error) {
        return error.what();
    } catch (const coodie::UnsupportedError&) {
        throw;
    } catch (const std::exception& other) {
        ADD_FAILURE() << "another exception: " << other.what();
        return {};
    }
    ADD_FAILURE() << "nothing was thrown";
    return {};
}

template <class Action>
std::int32_t conformance::code_of(const Action& action) {
    try {
        action();
    } catch (const coodie::ServerError& error) {
        return error.code();
    }
    ADD_FAILURE() << "nothing was thrown";
    return -1;
}
