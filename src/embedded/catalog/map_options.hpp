// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedded/catalog/table.hpp"

#include <string>
#include <string_view>

/// Table options whose value is a map, checked and completed as Cassandra 5 does. They refuse by throwing
/// Refused.
namespace coodie::embedded {

StringMap check_compaction(StringMap options);
StringMap check_compression(StringMap options);
StringMap check_caching(StringMap options);

/// A Java class's full name: names without a dot get the package, which ends in a dot.
std::string with_package(const std::string& name, std::string_view package);

}  // namespace coodie::embedded
