// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/driver/driver.hpp>

#include <string>
#include <string_view>

namespace coodie::schema {

/// Executes; an error is raised with what was tried in front of the driver's words.
/// @param doing for the message: `sync_table of "ks"."t"`.
Result run(Driver& driver, const Statement& statement, std::string_view doing);

/// Executes a schema statement (or TRUNCATE).
void run_ddl(Driver& driver, const std::string& cql, std::string_view doing,
             StatementKind kind = StatementKind::schema);

}  // namespace coodie::schema
