// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "measure.hpp"
#include "product.hpp"

#include <vector>

namespace coodie_bench {

/// The modes of coodie_driver; each runs a task and reports it. They throw what the library throws.
void run_blocking(const Task& task);
void run_coroutines(const Task& task);
/// Driver::execute and Driver::start without the ODM: statements made by hand, rows decoded by hand.
void run_bare_blocking(const Task& task);
void run_bare_coroutines(const Task& task);

/// Makes keyspace and tables anew and writes bench.products.
void seed(const Task& task);

/// Rows to insert, product_count of them.
[[nodiscard]] const std::vector<WrittenProduct>& products_to_write();

}  // namespace coodie_bench
