// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/codec/wire.hpp>
#include <coodie/types/bytes.hpp>
#include <coodie/types/data_type.hpp>
#include <coodie/types/error.hpp>
#include <coodie/types/uuid.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace coodie {

/// One column of a result, or one `?` of a statement.
struct ColumnSpec {
    std::string keyspace;
    std::string table;
    std::string name;
    DataType type;
};
using ColumnSpecs = std::vector<ColumnSpec>;

/// What a database says beside a result; most say nothing.
struct ResultNotes {
    std::vector<std::string> warnings;
    /// Of a statement with ExecutionOptions::tracing: its `session_id` in `system_traces.sessions`, which the
    /// cluster writes a moment later.
    std::optional<uuid> tracing_id;
    /// What the server's own query handler adds; a value may be null.
    std::vector<std::pair<std::string, std::optional<Bytes>>> custom_payload;
};

/// What a statement gave. Rows are borrowed from one reference-counted body in the native protocol's layout:
/// for each row, for each column, [int] length (-1 null) + content. A copy shares the body. Reading is thread
/// safe.
class Result {
public:
    /// No rows (a write, a schema change).
    Result() = default;
    /// @param body keeps `rows` alive; `rows` must hold `row_count` well-formed rows (RowReader checks
    /// lengths).
    Result(std::shared_ptr<const ColumnSpecs> columns, std::shared_ptr<const void> body, BytesView rows,
           std::uint32_t row_count, Bytes paging_state = {})
        : columns_(std::move(columns)),
          body_(std::move(body)),
          rows_(rows),
          paging_state_(std::move(paging_state)),
          row_count_(row_count) {}

    /// True for a SELECT and a conditional write, also when there are no rows.
    [[nodiscard]] bool has_rows() const noexcept { return columns_ != nullptr; }
    /// Empty unless has_rows().
    [[nodiscard]] const ColumnSpecs& columns() const noexcept { return columns_ ? *columns_ : no_columns(); }
    [[nodiscard]] const std::shared_ptr<const ColumnSpecs>& shared_columns() const noexcept {
        return columns_;
    }
    [[nodiscard]] std::uint32_t row_count() const noexcept { return row_count_; }
    [[nodiscard]] BytesView row_bytes() const noexcept { return rows_; }
    [[nodiscard]] const std::shared_ptr<const void>& body() const noexcept { return body_; }
    /// Empty when this was the last page (semantics rule 23: an empty page may have one).
    [[nodiscard]] BytesView paging_state() const noexcept { return paging_state_; }
    [[nodiscard]] const ResultNotes& notes() const noexcept;
    void set_notes(ResultNotes notes) { notes_ = std::make_shared<const ResultNotes>(std::move(notes)); }
    [[nodiscard]] const std::vector<std::string>& warnings() const noexcept { return notes().warnings; }
    [[nodiscard]] const std::optional<uuid>& tracing_id() const noexcept { return notes().tracing_id; }

private:
    [[nodiscard]] static const ColumnSpecs& no_columns() noexcept;

    std::shared_ptr<const ColumnSpecs> columns_;
    std::shared_ptr<const void> body_;
    BytesView rows_;
    Bytes paging_state_;
    std::shared_ptr<const ResultNotes> notes_;  // nullptr: none
    std::uint32_t row_count_ = 0;
};

/// Reads cells of a result one after the other, row by row; checks every length. Cells borrow from the
/// result's body.
class RowReader {
public:
    explicit RowReader(const Result& result) noexcept : rest_(result.row_bytes()) {}
    /// The next cell; false when the bytes end or lie.
    bool next(Cell& cell) noexcept {
        if (rest_.size() < 4) return false;
        const auto length = wire::load<std::int32_t>(rest_.data());
        if (length < 0) {
            cell = Cell();
            rest_ = rest_.subspan(4);
            return true;
        }
        if (static_cast<std::size_t>(length) > rest_.size() - 4) return false;
        cell = Cell(rest_.subspan(4, static_cast<std::size_t>(length)));
        rest_ = rest_.subspan(4 + static_cast<std::size_t>(length));
        return true;
    }
    /// The bytes that are left.
    [[nodiscard]] BytesView rest() const noexcept { return rest_; }

private:
    BytesView rest_;
};

/// Error is a value; only the fronts throw.
using Outcome = std::variant<Result, Error>;

/// What a driver knows of a statement without executing it.
struct Description {
    ColumnSpecs parameters;
    ColumnSpecs columns;                     ///< empty unless the statement gives rows
    std::vector<std::uint16_t> routing_key;  ///< positions of the partition key among the parameters
};

}  // namespace coodie
