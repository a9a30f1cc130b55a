// SPDX-License-Identifier: Apache-2.0
#include "schema/system_rows.hpp"

#include "schema/execution.hpp"

#include <coodie/codec/codec.hpp>

#include <utility>

namespace coodie::schema {

Statement SystemRows::statement_of(const cql::Select& query) { return query.statement({.idempotent = true}); }

Steps<SystemRows> SystemRows::read(Statement statement, std::string doing) {
    SystemRows rows;
    while (true) {
        Result page = co_await run(statement, doing);
        rows.pages_.push_back(page);
        rows.append(page, doing);
        const BytesView state = page.paging_state();
        if (state.empty()) co_return rows;
        statement.set_paging_state(Bytes(state.begin(), state.end()));
    }
}

void SystemRows::append(const Result& page, std::string_view doing) {
    if (columns_.empty()) columns_ = page.columns();
    RowReader reader(page);
    for (std::uint32_t i = 0; i < page.row_count(); ++i) {
        std::vector<Cell> row(columns_.size());
        for (Cell& cell : row)
            if (!reader.next(cell))
                throw MigrationError(std::string(doing) + ": a row of system_schema is malformed");
        rows_.push_back(std::move(row));
    }
}

Cell SystemRows::cell(std::size_t row, std::string_view column) const noexcept {
    for (std::size_t i = 0; i < columns_.size(); ++i)
        if (columns_[i].name == column) return rows_[row][i];
    return Cell();
}

template <class T>
T SystemRows::decoded(std::size_t row, std::string_view column) const {
    T value{};
    const Cell found = cell(row, column);
    if (found.is_null()) return value;
    try {
        decode_value(found, value);
    } catch (const ValidationError& error) {
        throw MigrationError("cannot read column \"" + std::string(column) +
                             "\" of system_schema: " + error.what());
    }
    return value;
}

std::string SystemRows::text(std::size_t row, std::string_view column) const {
    return decoded<std::string>(row, column);
}

std::int32_t SystemRows::integer(std::size_t row, std::string_view column) const {
    return decoded<std::int32_t>(row, column);
}

std::vector<std::string> SystemRows::texts(std::size_t row, std::string_view column) const {
    return decoded<std::vector<std::string>>(row, column);
}

std::map<std::string, std::string> SystemRows::text_map(std::size_t row, std::string_view column) const {
    return decoded<std::map<std::string, std::string>>(row, column);
}

}  // namespace coodie::schema
