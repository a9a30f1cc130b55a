// SPDX-License-Identifier: Apache-2.0
#include <coodie/query/row_decoder.hpp>

#include "query/clauses.hpp"

#include <coodie/codec/dynamic.hpp>
#include <coodie/codec/wire.hpp>
#include <coodie/query/lwt_result.hpp>
#include <coodie/query/statements.hpp>
#include <coodie/types/error.hpp>

#include <algorithm>
#include <utility>

namespace coodie::query {
namespace {

constexpr std::string_view applied_column = "[applied]";

/// A row of n columns takes at least 4n bytes: a lying count reserves nothing.
bool can_hold_rows(const Result& result, std::size_t columns) noexcept {
    if (columns == 0) return result.row_count() == 0;
    return std::uint64_t{4} * columns * result.row_count() <= result.row_bytes().size();
}

[[noreturn]] void refuse_bytes(const ModelInfo& model) {
    throw DriverError("a result of " + table_label(model) + " is malformed: a row ends within a value");
}

}  // namespace

/// Where the columns of a result went the last time: results of one prepared statement share their columns.
struct RowDecoder::Remembered {
    const ModelInfo* model = nullptr;
    std::shared_ptr<const ColumnSpecs> columns;  ///< kept, so that no other columns get their address
    std::array<Target, most_inline> targets{};
    LoadedColumns loaded;

    /// The calling thread's place for a result: one of a few, for programs repeat a few statements.
    [[nodiscard]] static Remembered& of(const ModelInfo& model, const Result& result) noexcept {
        thread_local std::array<Remembered, 8> places;
        const auto address = reinterpret_cast<std::uintptr_t>(&model) >> 4U ^
                             reinterpret_cast<std::uintptr_t>(result.shared_columns().get()) >> 5U;
        return places[(address ^ address >> 4U ^ address >> 8U) % places.size()];
    }
};

RowDecoder::RowDecoder(const ModelInfo& model, const Result& result)
    : model_(model), columns_(result.columns()), reader_(result), rows_left_(result.row_count()) {
    if (!can_hold_rows(result, columns_.size())) refuse_bytes(model);
    if (rows_left_ == 0) return;
    Remembered& known = Remembered::of(model, result);
    if (known.model == &model && known.columns == result.shared_columns()) {
        std::copy_n(known.targets.begin(), columns_.size(), few_.begin());
        loaded_ = known.loaded;
        return;
    }
    map_columns();
    if (columns_.size() > most_inline || !rearranged_.empty()) return;
    std::copy_n(few_.begin(), columns_.size(), known.targets.begin());
    known.model = &model;
    known.columns = result.shared_columns();
    known.loaded = loaded_;
}

void RowDecoder::map_columns() {
    if (columns_.size() > most_inline) many_.resize(columns_.size());
    Target* const targets = columns_.size() > most_inline ? many_.data() : few_.data();
    std::size_t expected = 0;  // columns come in the model's order, unless somebody else wrote the SELECT
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        std::uint16_t target = skipped;
        if (expected < model_.columns.size() && model_.columns[expected].name == columns_[i].name)
            target = static_cast<std::uint16_t>(expected);
        else if (const ColumnInfo* column = model_.find(columns_[i].name))
            target = static_cast<std::uint16_t>(column - model_.columns.data());
        if (target != skipped) {
            loaded_[target] = true;
            expected = std::size_t{target} + 1;
        }
        if (target != skipped && columns_[i].type.id() >= TypeId::list && compare_types(i, target))
            target |= rearranged;
        targets[i] = {target < rearranged ? model_.columns[target].decode : nullptr, target};
    }
}

/// Once for all rows: the model's decoders take UDTs' fields in the struct's order.
/// @returns whether the values of that column of the result have to be rearranged for the model's.
bool RowDecoder::compare_types(std::size_t i, std::uint16_t target) {
    if (!has_user_type(columns_[i].type)) return false;
    Rearrangement how =
        Rearrangement::between(columns_[i].type, model_.columns[target].type(), Rearrangement::Extra::drop);
    if (!how.moves()) return false;
    rearranged_.push_back({i, std::move(how)});
    return true;
}

const ColumnInfo* RowDecoder::column_of(std::size_t i) const noexcept {
    const std::uint16_t index = targets()[i].column;
    return index == skipped ? nullptr : &model_.columns[index & ~rearranged];
}

/// A column that the model lacks, or one whose value has to be rearranged first.
void RowDecoder::decode_other(std::size_t i, void* document, Cell cell) {
    const ColumnInfo* column = column_of(i);
    if (column == nullptr) return;
    if (cell.is_null()) return column->decode(document, cell);
    const auto found = std::find_if(rearranged_.begin(), rearranged_.end(),
                                    [i](const Rearranged& each) { return each.column == i; });
    Bytes content;
    found->how.append(cell.content(), content);
    column->decode(document, Cell(content));
}

bool RowDecoder::next(void* document) {
    if (rows_left_ == 0) return false;
    --rows_left_;
    const RowReader row = reader_;
    RowReader reader = reader_;  // this and what follows is kept in registers
    const Target* const targets = this->targets();
    const std::size_t count = columns_.size();
    std::size_t i = 0;
    try {
        for (; i < count; ++i) {
            Cell cell;
            if (!reader.next(cell)) refuse_bytes(model_);
            if (const auto decode = targets[i].decode)
                decode(document, cell);
            else
                decode_other(i, document, cell);
        }
    } catch (const ValidationError& error) {
        Cell skipped_cell;  // the next call is for the next row
        for (std::size_t rest = i + 1; rest < count && reader.next(skipped_cell); ++rest) {
        }
        reader_ = reader;
        refuse_cell(row, i, error.what());
    }
    reader_ = reader;
    return true;
}

void RowDecoder::refuse_cell(RowReader row, std::size_t at, const char* reason) const {
    std::string key;
    Cell cell;
    for (std::size_t i = 0; i < columns_.size() && row.next(cell); ++i) {
        if (const ColumnInfo* column = column_of(i); column == nullptr || !is_key(*column)) continue;
        if (!key.empty()) key += ", ";
        key += columns_[i].name + " = " + format_value(columns_[i].type, cell);
    }
    throw ValidationError("row of " + table_label(model_) + (key.empty() ? "" : " (" + key + ")") +
                          ": column " + columns_[at].name + ": " + reason);
}

Applied read_applied(const Result& result) {
    if (!result.has_rows() || result.row_count() == 0) return {};
    const ColumnSpecs& columns = result.columns();
    RowReader row(result);
    Cell cell;
    Applied found{};
    bool any_value = false;
    for (const ColumnSpec& column : columns) {
        if (!row.next(cell)) throw DriverError("the result of a conditional write is malformed");
        if (column.name == applied_column)
            found.applied = cell.content().size() == 1 && cell.content()[0] != std::byte{0};
        else if (!cell.is_null())
            any_value = true;
    }
    found.has_existing = !found.applied && any_value;
    return found;
}

std::int64_t read_count(const Result& result) {
    RowReader row(result);
    Cell cell;
    if (!row.next(cell) || cell.content().size() != sizeof(std::int64_t))
        throw DriverError("COUNT(*) gave no number");
    return wire::load<std::int64_t>(cell.content().data());
}

std::string key_text(const ModelInfo& model, const void* document) {
    std::string text;
    const auto add = [&](std::span<const std::uint16_t> columns) {
        for (const std::uint16_t index : columns) {
            const ColumnInfo& column = model.columns[index];
            Bytes value;
            column.encode(document, value);
            if (!text.empty()) text += ", ";
            text += std::string(column.name) + " = " +
                    format_value(column.type(), Cell(BytesView(value).subspan(4)));
        }
    };
    add(model.partition_key);
    add(model.clustering);
    return text;
}

void refuse_unread(const ModelInfo& model, std::size_t column) {
    throw InvalidQueryError(table_label(model) + '.' + std::string(model.columns[column].name) +
                            " was not read; add it to only(...), or leave it out of defer(...)");
}

void refuse_pending() {
    throw InvalidQueryError(
        "this write waits in a batch: whether it was applied is the result of batch.execute()");
}

std::string not_applied_text(const ModelInfo& model, const void* existing, const LoadedColumns& loaded) {
    std::string text = "the conditional write to " + table_label(model) + " was not applied: ";
    if (existing == nullptr) return text + "there is no such row";
    text += "the row has ";
    bool first = true;
    for (std::size_t i = 0; i < model.columns.size(); ++i) {
        if (!loaded[i]) continue;
        const ColumnInfo& column = model.columns[i];
        Bytes value;
        column.encode(existing, value);
        if (!first) text += ", ";
        first = false;
        const Cell cell = column.is_null(existing) ? Cell() : Cell(BytesView(value).subspan(4));
        text += std::string(column.name) + " = " + format_value(column.type(), cell);
    }
    return text;
}

}  // namespace coodie::query
