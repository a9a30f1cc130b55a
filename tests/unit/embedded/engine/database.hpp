// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedded/engine/embedded_driver.hpp"

#include <coodie/codec/dynamic.hpp>
#include <coodie/driver/driver.hpp>

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace coodie::embedded {

using Rows = std::vector<std::vector<std::string>>;

/// A bound value for tests: a CQL literal that is encoded as the type the statement says, or null, or unset.
struct Bind {
    enum class Kind { literal, null, unset } kind = Kind::literal;
    std::string text;
    Bind(const char* literal) : text(literal) {}             // NOLINT(google-explicit-constructor)
    Bind(std::string literal) : text(std::move(literal)) {}  // NOLINT(google-explicit-constructor)
    Bind(int number) : text(std::to_string(number)) {}       // NOLINT(google-explicit-constructor)
    explicit Bind(Kind special) : kind(special) {}
};
inline const Bind null_value(Bind::Kind::null);
inline const Bind unset_value(Bind::Kind::unset);

/// A database in memory with a keyspace `ks`, which is the driver's.
class Database {
public:
    explicit Database(Location location = {}) : driver(std::move(location), "memory:", "") {
        run("CREATE KEYSPACE IF NOT EXISTS ks WITH replication = {'class': 'SimpleStrategy', "
            "'replication_factor': 1}");
        run("USE ks");
    }

    /// The statement with its values, encoded as the engine describes its parameters.
    Statement statement(const std::string& cql, const std::vector<Bind>& values = {});
    /// Runs it; an error fails the test.
    Result run(const std::string& cql, const std::vector<Bind>& values = {});
    Result run(const Statement& statement);
    Result run(const BatchStatement& batch);
    /// The error that it gives; none fails the test.
    Error error(const std::string& cql, const std::vector<Bind>& values = {});
    /// Its rows, each cell as a CQL literal.
    Rows rows(const std::string& cql, const std::vector<Bind>& values = {});
    /// The first column of its rows with blanks between: for short checks of order.
    std::string column(const std::string& cql, const std::vector<Bind>& values = {});

    EmbeddedDriver driver;
};

Rows rows_of(const Result& result);

}  // namespace coodie::embedded
