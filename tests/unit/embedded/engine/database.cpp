// SPDX-License-Identifier: Apache-2.0
#include "database.hpp"

namespace coodie::embedded {

Statement Database::statement(const std::string& cql, const std::vector<Bind>& values) {
    StatementText text(cql);
    BoundValues bound;
    if (!values.empty()) {
        auto described = driver.describe(text);
        if (const auto* error = std::get_if<Error>(&described)) {
            ADD_FAILURE() << cql << "\n" << error->message();
            return Statement(text);
        }
        const auto& parameters = std::get<Description>(described).parameters;
        EXPECT_EQ(parameters.size(), values.size()) << cql;
        for (std::size_t i = 0; i < values.size() && i < parameters.size(); ++i) {
            if (values[i].kind == Bind::Kind::null) {
                bound.add_null();
            } else if (values[i].kind == Bind::Kind::unset) {
                bound.add_unset();
            } else {
                std::string reason;
                const auto content = parse_value(parameters[i].type, values[i].text, reason);
                EXPECT_TRUE(content.has_value()) << cql << "\n" << values[i].text << ": " << reason;
                bound.add(content.value_or(Bytes{}));
            }
        }
    }
    return {std::move(text), std::move(bound)};
}

Result Database::run(const Statement& statement) {
    auto outcome = driver.execute(statement);
    if (const auto* error = std::get_if<Error>(&outcome)) {
        ADD_FAILURE() << statement.text().cql() << "\n" << error->message();
        return {};
    }
    return std::get<Result>(outcome);
}

Result Database::run(const BatchStatement& batch) {
    auto outcome = driver.execute(batch);
    if (const auto* error = std::get_if<Error>(&outcome)) {
        ADD_FAILURE() << error->message();
        return {};
    }
    return std::get<Result>(outcome);
}

Result Database::run(const std::string& cql, const std::vector<Bind>& values) {
    return run(statement(cql, values));
}

Error Database::error(const std::string& cql, const std::vector<Bind>& values) {
    auto outcome = driver.execute(values.empty() ? Statement(StatementText(cql)) : statement(cql, values));
    if (auto* error = std::get_if<Error>(&outcome)) return *error;
    ADD_FAILURE() << cql << "\nshould be refused";
    return Error(ErrorKind::validation, "");
}

Rows rows_of(const Result& result) {
    Rows rows;
    RowReader reader(result);
    for (std::uint32_t i = 0; i < result.row_count(); ++i) {
        auto& row = rows.emplace_back();
        for (const auto& column : result.columns()) {
            Cell cell;
            EXPECT_TRUE(reader.next(cell));
            row.push_back(format_value(column.type, cell));
        }
    }
    Cell rest;
    EXPECT_FALSE(reader.next(rest)) << "bytes after the last row";
    return rows;
}

Rows Database::rows(const std::string& cql, const std::vector<Bind>& values) {
    return rows_of(run(cql, values));
}

std::string Database::column(const std::string& cql, const std::vector<Bind>& values) {
    std::string text;
    for (const auto& row : rows(cql, values)) text += (text.empty() ? "" : " ") + row.at(0);
    return text;
}

}  // namespace coodie::embedded
