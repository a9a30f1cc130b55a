// SPDX-License-Identifier: Apache-2.0
#include "embedded/engine/index_upkeep.hpp"

#include "embedded/engine/row_access.hpp"

namespace coodie::embedded {

namespace {

const DataType& element_type(const DataType& collection) { return collection.children().back(); }

bool append_cell_form(const OpenIndex& index, const storage::CellView& cell, Bytes& out) {
    const auto& type = index.column->type;
    if (!type.is_multi_cell()) return storage::append_comparable(type, false, cell.value, out);
    Bytes key;
    if (type.id() != TypeId::list && !cell.path_content(type.children()[0], key)) return false;
    return append_element_form(index, key, cell.value, out);
}

void append_key_form(const Table& table, const Column& column, BytesView partition_key,
                     const storage::ClusteringValues& clustering, std::vector<Bytes>& forms) {
    BytesView content;
    if (column.kind == ColumnKind::clustering) {
        if (column.position >= clustering.size()) return;
        content = clustering[column.position];
    } else {
        KeyComponents components;
        split_partition_key(table, partition_key, components);
        content = components[column.position];
    }
    Bytes form;
    if (storage::append_comparable(column.type, false, content, form)) forms.push_back(std::move(form));
}

}  // namespace

bool append_index_form(const OpenIndex& index, const Value& key, const Value& value, Bytes& out) {
    const auto& type = index.column->type;
    if (!value.is_value()) return false;
    switch (index.index->target) {
        case IndexTarget::value:
        case IndexTarget::full: return storage::append_comparable(type, false, value.content, out);
        case IndexTarget::keys:
            return storage::append_comparable(type.children()[0], false, value.content, out);
        case IndexTarget::values:
            return storage::append_comparable(element_type(type), false, value.content, out);
        case IndexTarget::entries:
            return key.is_value() &&
                   storage::append_comparable(type.children()[0], false, key.content, out) &&
                   storage::append_comparable(type.children()[1], false, value.content, out);
    }
    return false;
}

bool append_element_form(const OpenIndex& index, BytesView key, BytesView value, Bytes& out) {
    const auto& type = index.column->type;
    const auto target = index.index->target;
    if (type.id() == TypeId::set || target == IndexTarget::keys)
        return storage::append_comparable(type.children()[0], false, key, out);
    if (target == IndexTarget::entries && !storage::append_comparable(type.children()[0], false, key, out))
        return false;
    return storage::append_comparable(element_type(type), false, value, out);
}

std::vector<Bytes> index_forms(const Table& table, const OpenIndex& index, const storage::Row& row,
                               BytesView partition_key, const storage::ClusteringValues& clustering) {
    std::vector<Bytes> forms;
    if (index.column == nullptr) return forms;
    if (index.column->is_key()) {
        append_key_form(table, *index.column, partition_key, clustering, forms);
        return forms;
    }
    for (const auto& cell : row.column(index.column->id)) {
        Bytes form;
        if (append_cell_form(index, cell, form)) forms.push_back(std::move(form));
    }
    return forms;
}

void IndexChanges::add(std::vector<Entry>& entries, const OpenIndex& index, Bytes form,
                       const storage::PartitionKey& partition, BytesView clustering) {
    entries.push_back({index.stored,
                       std::move(form),
                       {partition.key.begin(), partition.key.end()},
                       partition.token,
                       {clustering.begin(), clustering.end()}});
}

void IndexChanges::flush(storage::WriteBatch& batch) {
    for (const auto& e : erases_)
        batch.erase_index_entry(*e.index, e.form, {e.token, e.partition}, e.clustering);
    for (const auto& e : puts_) batch.put_index_entry(*e.index, e.form, {e.token, e.partition}, e.clustering);
    erases_.clear();
    puts_.clear();
}

}  // namespace coodie::embedded
