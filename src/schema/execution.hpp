// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/steps.hpp"

#include <coodie/driver/driver.hpp>

#include <string>

namespace coodie::schema {

/// Executes; an error is raised with what was tried in front of the driver's words.
/// @param doing for the message: `sync_table of "ks"."t"`.
Steps<Result> run(Statement statement, std::string doing);

/// Executes a schema statement (or TRUNCATE).
Steps<void> run_ddl(std::string cql, std::string doing, StatementKind kind = StatementKind::schema);

}  // namespace coodie::schema
