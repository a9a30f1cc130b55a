// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/cql/shape.hpp>
#include <coodie/cql/value.hpp>
#include <coodie/driver/statement.hpp>

#include <string>
#include <vector>

namespace coodie::cql {

/// What a builder with values gives: the same for INSERT, UPDATE, DELETE and SELECT. A builder is an ordinary
/// value; one thread at a time.
class Query {
public:
    virtual ~Query() = default;

    /// The CQL, every value a `?`.
    [[nodiscard]] std::string cql() const { return text().cql(); }
    /// The values of the `?` in order, as CQL literals.
    [[nodiscard]] std::vector<std::string> readable_values() const;
    /// Both, for logs: `SELECT ... WHERE "id" = ? [5]`.
    [[nodiscard]] std::string to_string() const;
    /// Ready to execute. The text is made anew: keep the statement to execute it again.
    [[nodiscard]] Statement statement(ExecutionOptions options = {}) const;

    [[nodiscard]] virtual StatementText text() const = 0;
    /// The values of the `?` in order.
    [[nodiscard]] virtual std::vector<Value> values() const = 0;

protected:
    Query() = default;
    Query(const Query&) = default;
    Query& operator=(const Query&) = default;
};

}  // namespace coodie::cql
