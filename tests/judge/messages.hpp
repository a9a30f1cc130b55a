// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection.hpp"

#include <coodie/driver/result.hpp>
#include <coodie/driver/statement.hpp>

#include <optional>
#include <string>
#include <variant>

namespace coodie::judge {

/// What a PREPARE gave.
struct PreparedAnswer {
    Bytes id;
    Description description;
};

/// What a RESULT or ERROR frame says. Throws MalformedFrame.
/// @param keyspace set when the frame says that the connection's keyspace changed.
Outcome read_outcome(Response response, std::optional<std::string>& keyspace);

/// The answer to a PREPARE. Throws MalformedFrame.
std::variant<PreparedAnswer, Error> read_prepared(const Response& response);

/// <query_parameters> of QUERY and EXECUTE (v4 specification, section 4.1.4).
void write_query_parameters(WireWriter& writer, const Statement& statement);

/// What follows the statements of a BATCH (section 4.1.7).
void write_batch_parameters(WireWriter& writer, const BatchStatement& batch);

}  // namespace coodie::judge
