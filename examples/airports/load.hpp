// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <string>

/// What the file holds: the rows that were saved, and how many of them a country has.
struct Loaded {
    std::size_t rows = 0;
    std::map<std::string, std::size_t> per_country;
};

/// Saves every airport of the CSV file and shows a progress bar on stderr when that is a terminal.
/// Throws std::runtime_error naming file and line when the file can't be read as airports.
Loaded load_airports(const std::string& path);
