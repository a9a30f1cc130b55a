// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/driver/driver.hpp>
#include <coodie/model/model_info.hpp>

#include <string>
#include <string_view>

namespace coodie {

/// Trivially destructible.
struct DropOptions {
    /// Whether dropping what is not there is an error.
    bool must_exist{};
    /// In place of the model's and the driver's keyspace; borrowed for the call.
    std::string_view keyspace{};
};

/// For `truncate`. Trivially destructible.
struct TruncateOptions {
    std::string_view keyspace{};  ///< in place of the model's; borrowed for the call
};

namespace schema {

/// The keyspace that a model's statements mean: `wanted`, else the model's, else the driver's.
/// Throws ConfigurationError, which names what to call, when there is none.
[[nodiscard]] std::string keyspace_of(const ModelInfo& model, const Driver& driver,
                                      std::string_view wanted = {});

/// DROP TABLE. Throws what the driver reports.
void drop_table(const ModelInfo& model, Driver& driver, const DropOptions& options = {});
/// TRUNCATE TABLE: removes every row. Throws what the driver reports.
void truncate(const ModelInfo& model, Driver& driver, std::string_view keyspace = {});
/// DROP TYPE; a type that is in use is refused by the database.
void drop_type(std::string_view type, Driver& driver, const DropOptions& options = {});

}  // namespace schema
}  // namespace coodie
