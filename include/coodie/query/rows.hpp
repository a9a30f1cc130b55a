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

/// One page of a read that is after the first row, into `row`. Returns whether the next page is of use.
/// @param only the row has to be the only one: throws MultipleDocumentsFound when there is a second.
template <class T, class Row>
[[nodiscard]] bool take_first_row(const Operation& operation, const Result& page, bool only, bool& found,
                                  Row& row) {
    RowDecoder decoder(model_info<T>(), page);
    if (decoder.rows_left() == 0) return true;
    if (found || (only && decoder.rows_left() > 1)) throw_several(operation.context());
    RowOf<T, Row>::read(decoder, row);
    found = true;
    return only;
}

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
