// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <rocksdb/merge_operator.h>

#include <memory>

namespace coodie::embedded::storage {

/// Folds writes to a row into one (row_format.hpp).
std::shared_ptr<rocksdb::MergeOperator> make_row_merge_operator();

}  // namespace coodie::embedded::storage
