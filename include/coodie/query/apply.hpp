// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/query/predicate.hpp>
#include <coodie/query/row_decoder.hpp>

namespace coodie::query {

/// Does to a document what an update did to its row. Columns that are not in `loaded` are skipped, save for
/// plain assignments, which load them.
void apply_changes(const ModelInfo& model, const ChangeList& changes, void* document, LoadedColumns& loaded);
void apply_changes(const ModelInfo& model, const ChangeList& changes, void* document);

}  // namespace coodie::query
