// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/query/lwt_result.hpp>
#include <coodie/query/operation.hpp>
#include <coodie/query/row_decoder.hpp>

#include <optional>
#include <utility>
#include <vector>

/// From results to documents: the thin templates of reading.
namespace coodie::query {

/// What a query gives for a row: a document of T, or a Partial of one.
template <class T, class Row>
struct RowOf {
    static void read(RowDecoder& decoder, Row& row) {
        decoder.next(&row.document_to_change());
        row.set_loaded(decoder.loaded());
    }
};
template <class T>
struct RowOf<T, T> {
    static void read(RowDecoder& decoder, T& row) { decoder.next(&row); }
};

template <class T, class Row>
void append_rows(const Result& page, std::vector<Row>& rows) {
    RowDecoder decoder(model_info<T>(), page);
    rows.reserve(rows.size() + decoder.rows_left());
    while (decoder.rows_left() > 0) RowOf<T, Row>::read(decoder, rows.emplace_back());
}

/// The first row of a page, which is decoded where it is made a Row: in a coroutine's result or an optional,
/// without a move. Borrows the page, which has a row.
template <class T, class Row>
class FirstRow {
public:
    explicit FirstRow(const Result& page) noexcept : page_(&page) {}
    explicit(false) operator Row() const {
        Row row{};
        RowDecoder decoder(model_info<T>(), *page_);
        RowOf<T, Row>::read(decoder, row);
        return row;
    }

private:
    const Result* page_;
};

template <class T>
[[nodiscard]] LwtResult<T> lwt_result(const Result& result) {
    const Applied applied = read_applied(result);
    if (applied.applied) return LwtResult<T>();
    std::optional<Partial<T>> existing;
    if (applied.has_existing) {
        RowDecoder decoder(model_info<T>(), result);
        RowOf<T, Partial<T>>::read(decoder, existing.emplace());
    }
    return LwtResult<T>(std::move(existing));
}

}  // namespace coodie::query
