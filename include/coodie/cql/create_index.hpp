// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/cql/ddl.hpp>
#include <coodie/cql/identifier.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace coodie::cql {

/// CREATE INDEX: `create_index("reviews_rating_idx").on({"ks", "reviews"}, "rating")`.
class CreateIndex final : public Ddl {
public:
    /// What of a collection is indexed.
    enum class Target : std::uint8_t { values, keys, entries, full };

    /// @param name "": the database makes one.
    explicit CreateIndex(std::string_view name) : name_(name), table_("") {}

    CreateIndex& if_not_exists();
    CreateIndex& on(TableName table, std::string_view column);
    CreateIndex& target(Target target);
    /// USING 'class' of a custom index (`sai`, ...).
    CreateIndex& using_class(std::string_view class_name);

    [[nodiscard]] std::string cql() const override;

private:
    std::string name_;
    TableName table_;
    std::string column_;
    std::string class_;
    Target target_ = Target::values;
    bool if_not_exists_ = false;
};

[[nodiscard]] CreateIndex create_index(std::string_view name = {});

}  // namespace coodie::cql
