// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace coodie {

/// One page of a query. `paging_state` is URL-safe text for `paged_all(token)`; it goes on with the same
/// query and values only (semantics rule 24), and is empty on the last page. A page may be empty with more to
/// come (rule 23).
template <class Row>
class Page {
public:
    Page() = default;
    Page(std::vector<Row> rows, std::string state) : data(std::move(rows)), paging_state(std::move(state)) {}

    [[nodiscard]] bool has_more() const noexcept { return !paging_state.empty(); }

    std::vector<Row> data;
    std::string paging_state;
};

}  // namespace coodie
