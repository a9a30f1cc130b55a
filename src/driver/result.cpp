// SPDX-License-Identifier: Apache-2.0
#include <coodie/driver/result.hpp>

#include <boost/endian/conversion.hpp>

namespace coodie {

const ColumnSpecs& Result::columns() const noexcept {
    static const ColumnSpecs none;
    return columns_ ? *columns_ : none;
}

const ResultNotes& Result::notes() const noexcept {
    static const ResultNotes none;
    return notes_ ? *notes_ : none;
}

bool RowReader::next(Cell& cell) noexcept {
    if (rest_.size() < 4) return false;
    const std::int32_t length =
        boost::endian::load_big_s32(reinterpret_cast<const unsigned char*>(rest_.data()));
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

}  // namespace coodie
