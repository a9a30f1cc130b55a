// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "answer.hpp"
#include "statement_file.hpp"

#include <coodie/driver/driver.hpp>

#include <string>
#include <vector>

namespace coodie::statements {

/// Plays the steps on a driver whose keyspace is `keyspace`: it is created before and dropped after.
/// `${keyspace}` in a statement stands for its name; answers have it the other way round. Throws
/// std::runtime_error when it cannot be created.
std::vector<Answer> play(const std::vector<Step>& steps, Driver& driver, const std::string& keyspace);

}  // namespace coodie::statements
