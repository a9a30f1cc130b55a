// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "blocking.hpp"

#include <coodie/driver/result.hpp>
#include <coodie/driver/statement.hpp>

/// What a program without the ODM writes by hand for Product: statements, bound values, decoding by position.
namespace coodie_bench::bare {

[[nodiscard]] coodie::Statement get_statement(const coodie::uuid& id);
[[nodiscard]] coodie::Statement insert_statement(const Product& product);
[[nodiscard]] coodie::Statement page_statement(coodie::BytesView paging_state);

/// Ends the program when the outcome is an error.
[[nodiscard]] coodie::Result checked(coodie::Outcome outcome);

/// The rows of a result of one of the two SELECTs. The caller has checked nothing.
class ProductReader {
public:
    explicit ProductReader(const coodie::Result& result);
    void read(Product& product);

private:
    coodie::BytesView next();
    const std::byte* at_;
    const std::byte* end_;
};

[[nodiscard]] Product one_product(const coodie::Result& result);
[[nodiscard]] std::vector<Product> all_products(const coodie::Result& result);

}  // namespace coodie_bench::bare
