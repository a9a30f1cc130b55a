// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <rocksdb/compaction_filter.h>

#include <memory>

namespace coodie::embedded::storage {

class CompactionRules;

/// Drops rows of truncated and dropped tables, and what was deleted or expired more than gc_grace_seconds
/// ago. Looks only at whole rows (never at a write that is still to be merged), and keeps a deletion as long
/// as anything that it covers is stored, wherever.
std::shared_ptr<rocksdb::CompactionFilterFactory> make_compaction_filter_factory(
    std::shared_ptr<CompactionRules> rules);

}  // namespace coodie::embedded::storage
