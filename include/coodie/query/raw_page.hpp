// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/driver/result.hpp>
#include <coodie/query/raw.hpp>
#include <coodie/query/rows.hpp>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace coodie::query {

/// The rows of one page without a model, each read once: the part of `Rows` that both fronts share. One
/// thread.
class RawPage {
public:
    RawPage() = default;
    explicit RawPage(Result page) { load(std::move(page)); }

    /// Goes on with the next page.
    void load(Result page) {
        page_ = std::move(page);
        reader_ = RowReader(page_);
        left_ = page_.row_count();
    }
    [[nodiscard]] const Result& result() const noexcept { return page_; }
    [[nodiscard]] bool done() const noexcept { return left_ == 0; }
    /// The next row; there must be one. Throws DriverError when the bytes are malformed.
    void read(Row& row) {
        row.read(page_, reader_);
        --left_;
    }
    /// What is left as documents of a model, or, for a value type, the first column of each row.
    template <class T>
    void append_to(std::vector<T>& list) {
        if constexpr (Model<T>) {
            append_rows<T>(Result(page_.shared_columns(), page_.body(), reader_.rest(), left_), list);
            left_ = 0;
        } else {
            static_assert(CqlValue<T>, "coodie: as<T>() takes a model, or a C++ type that is a CQL type");
            for (Row row; !done();) {
                read(row);
                list.push_back(row[0].template as<T>());
            }
        }
    }
    void append_to(std::vector<Row>& list) {
        while (!done()) read(list.emplace_back());
    }

private:
    Result page_;
    RowReader reader_{page_};
    std::uint32_t left_ = 0;
};

/// Throws MultipleDocumentsFound: one() expects one row.
[[noreturn]] void refuse_several_raw();

}  // namespace coodie::query
