// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/steps.hpp"

#include <coodie/cql/select.hpp>
#include <coodie/driver/driver.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace coodie::schema {

/// All rows of a query on a system_schema table, read by column name. Values of another type than asked for
/// are a MigrationError: then the database is none that this library knows.
class SystemRows {
public:
    /// Walks all pages.
    [[nodiscard]] static Steps<SystemRows> read(Statement statement, std::string doing);
    /// The statement of a query.
    [[nodiscard]] static Statement statement_of(const cql::Select& query);

    [[nodiscard]] std::size_t size() const noexcept { return rows_.size(); }
    [[nodiscard]] const ColumnSpecs& columns() const noexcept { return columns_; }
    /// A null for a column that the table does not have.
    [[nodiscard]] Cell cell(std::size_t row, std::string_view column) const noexcept;
    /// "" for a null.
    [[nodiscard]] std::string text(std::size_t row, std::string_view column) const;
    /// 0 for a null.
    [[nodiscard]] std::int32_t integer(std::size_t row, std::string_view column) const;
    [[nodiscard]] std::vector<std::string> texts(std::size_t row, std::string_view column) const;
    [[nodiscard]] std::map<std::string, std::string> text_map(std::size_t row, std::string_view column) const;

private:
    void append(const Result& page, std::string_view doing);
    template <class T>
    [[nodiscard]] T decoded(std::size_t row, std::string_view column) const;

    ColumnSpecs columns_;
    std::vector<Result> pages_;  ///< keep the cells' bytes
    std::vector<std::vector<Cell>> rows_;
};

}  // namespace coodie::schema
