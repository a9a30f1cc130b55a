// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/codec/rearrangement.hpp>
#include <coodie/driver/result.hpp>
#include <coodie/model/model_info.hpp>

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace coodie::query {

/// Which columns of a model a document was given.
using LoadedColumns = std::bitset<128>;

/// Reads rows of a result into documents of one model. Columns are matched by name, those that the model
/// lacks are skipped. Borrows the result. One thread.
class RowDecoder {
public:
    RowDecoder(const ModelInfo& model, const Result& result);

    /// Rows left, at most as many as the bytes can hold.
    [[nodiscard]] std::uint32_t rows_left() const noexcept { return rows_left_; }
    /// Decodes the next row into a document; false when there is none. Fields whose columns are not in the
    /// result stay as they are. Throws ValidationError naming table, key and column for a cell that its field
    /// cannot hold (semantics rule 8b), DriverError when the rows' bytes are malformed.
    bool next(void* document);
    /// The columns that the result has.
    [[nodiscard]] const LoadedColumns& loaded() const noexcept { return loaded_; }

private:
    static constexpr std::uint16_t skipped = 0xFFFF;
    /// On the index of a column whose UDTs have other fields than the model's (semantics rule 7).
    static constexpr std::uint16_t rearranged = 0x8000;
    static constexpr std::size_t most_inline = 32;

    struct Rearranged {
        std::size_t column;  ///< of the result
        Rearrangement how;
    };

    /// Where a column of the result goes.
    struct Target {
        void (*decode)(void* document, Cell cell);  ///< nullptr: see decode_other()
        std::uint16_t column;                       ///< the model's, or `skipped`
    };
    struct Remembered;

    void map_columns();
    bool compare_types(std::size_t i, std::uint16_t target);
    void decode_other(std::size_t i, void* document, Cell cell);
    [[nodiscard]] const Target* targets() const noexcept {
        return many_.empty() ? few_.data() : many_.data();
    }
    [[nodiscard]] const ColumnInfo* column_of(std::size_t i) const noexcept;
    [[noreturn]] void refuse_cell(RowReader row, std::size_t at, const char* reason) const;

    const ModelInfo& model_;
    const ColumnSpecs& columns_;
    RowReader reader_;
    std::uint32_t rows_left_ = 0;
    std::array<Target, most_inline> few_;  ///< for each column, unless there are more
    std::vector<Target> many_;
    std::vector<Rearranged> rearranged_;
    LoadedColumns loaded_;
};

/// What a conditional write's result says. The column is found by name (semantics rule 16).
struct Applied {
    bool applied = true;        ///< true when the result has no such column: the write was unconditional
    bool has_existing = false;  ///< the result shows (parts of) the row that stood in the way
};
[[nodiscard]] Applied read_applied(const Result& result);

/// The number that COUNT(*) gave; throws DriverError when the result is none.
[[nodiscard]] std::int64_t read_count(const Result& result);

/// The primary key in a message: "product_id = 7, created_at = '...'" of a document.
[[nodiscard]] std::string key_text(const ModelInfo& model, const void* document);

}  // namespace coodie::query
