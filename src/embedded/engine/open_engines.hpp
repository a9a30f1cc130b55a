// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedded/engine/engine.hpp"

#include <memory>
#include <string>
#include <variant>

namespace coodie::embedded {

/// Where a database is.
struct Location {
    enum class Kind : std::uint8_t { folder, shared_memory, private_memory };
    Kind kind = Kind::private_memory;
    std::string name;  ///< a folder, or a name in memory
    storage::SyncMode sync = storage::SyncMode::periodic;
};

/// Opens the database there, or shares it when this process has it open: drivers of one folder, or of one
/// memory name, work on one Engine, which closes with the last of them. Any thread.
/// @return ErrorKind::configuration when it is open with another `sync`; else what Store::open reports.
std::variant<std::shared_ptr<Engine>, Error> open_engine(const Location& location);

}  // namespace coodie::embedded
