// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "answer.hpp"
#include "statement_file.hpp"

#include <coodie/driver/driver.hpp>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace coodie::statements {

/// Makes a driver whose keyspace is the one of the play. Throws std::runtime_error when it cannot.
using DriverOpener = std::function<std::shared_ptr<Driver>()>;

/// Plays the steps in a keyspace that is created before and dropped after. `${keyspace}` in a statement
/// stands for its name; answers have it the other way round. Throws std::runtime_error when the keyspace
/// cannot be created.
/// @param reopen_every closes the driver and opens another after so many steps, so that everything has to
/// come back from the disk; 0: never.
std::vector<Answer> play(const std::vector<Step>& steps, const DriverOpener& open,
                         const std::string& keyspace, int reopen_every = 0);

}  // namespace coodie::statements
