// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <istream>
#include <string>
#include <vector>

/// Reads one CSV record (RFC 4180: quoted fields, doubled quotes, line breaks inside quotes).
/// @return false at the end of the input. Throws std::runtime_error for a quote that never closes.
bool read_record(std::istream& in, std::vector<std::string>& fields);
