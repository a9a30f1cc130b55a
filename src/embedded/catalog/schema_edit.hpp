// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedded/catalog/ddl.hpp"

#include <string>
#include <string_view>

/// What the kinds of schema statements share. All functions refuse by throwing Refused.
namespace coodie::embedded {

/// A statement at work: the schema before, and what it becomes.
struct SchemaEdit {
    const std::shared_ptr<const Catalog>& before;
    std::string_view default_keyspace;
    std::int64_t now = 0;  ///< microseconds since 1970
    std::uint32_t next_storage_id = before->next_storage_id();

    /// The keyspace a name is in; refuses when there is none.
    [[nodiscard]] std::string keyspace_of(const std::string& written) const;
    static bool is_system(std::string_view keyspace);
    /// Refuses system keyspaces.
    static void check_writable(std::string_view keyspace);
    /// The change of a statement whose IF [NOT] EXISTS found nothing to do.
    [[nodiscard]] Change nothing() const;
    /// `keyspace` with changes becomes part of the schema.
    [[nodiscard]] Change done(ChangeKind kind, ChangeTarget target, Keyspace keyspace,
                              std::string name) const;
    /// Puts the table there and its record into `change`.
    static void put(Keyspace& keyspace, Table table);
};

void check_name(std::string_view what, const std::string& name);

Change create_keyspace(SchemaEdit& edit, const ast::CreateKeyspace& statement);
Change alter_keyspace(SchemaEdit& edit, const ast::AlterKeyspace& statement);
Change drop_keyspace(SchemaEdit& edit, const ast::DropKeyspace& statement);
Change create_table(SchemaEdit& edit, const ast::CreateTable& statement);
Change alter_table(SchemaEdit& edit, const ast::AlterTable& statement);
Change drop_table(SchemaEdit& edit, const ast::DropTable& statement);
Change create_type(SchemaEdit& edit, const ast::CreateType& statement);
Change alter_type(SchemaEdit& edit, const ast::AlterType& statement);
Change drop_type(SchemaEdit& edit, const ast::DropType& statement);
Change create_index(SchemaEdit& edit, const ast::CreateIndex& statement);
Change drop_index(SchemaEdit& edit, const ast::DropIndex& statement);

}  // namespace coodie::embedded
