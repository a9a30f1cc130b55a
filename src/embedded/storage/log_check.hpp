// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace coodie::embedded::storage {

/// Looks through a log as RocksDB writes it (write-ahead logs and MANIFEST; format: its db/log_format.h,
/// blocks of 32 kB, records with checksum, length and type). A log that ends in the middle of a record is
/// fine: that is what kill -9 leaves. RocksDB also takes a changed length in the last record for that; this
/// does not.
/// @return what is wrong and where, or nullopt.
std::optional<std::string> check_log(std::string_view contents);

}  // namespace coodie::embedded::storage
