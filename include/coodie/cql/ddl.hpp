// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/driver/statement.hpp>

#include <string>

namespace coodie::cql {

/// A schema statement: a text without `?` (CQL binds no values there; text in options is quoted).
class Ddl {
public:
    virtual ~Ddl() = default;
    [[nodiscard]] virtual std::string cql() const = 0;
    [[nodiscard]] Statement statement() const {
        return Statement(StatementText(cql(), StatementKind::schema));
    }

protected:
    Ddl() = default;
    Ddl(const Ddl&) = default;
    Ddl& operator=(const Ddl&) = default;
};

}  // namespace coodie::cql
