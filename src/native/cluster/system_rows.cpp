// SPDX-License-Identifier: Apache-2.0
#include "native/cluster/system_rows.hpp"

#include <coodie/codec/wire.hpp>

namespace coodie::native {
namespace {

std::string_view as_text(BytesView bytes) noexcept {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// Takes [int] length and that many bytes off the front; false when they are not there.
bool take_element(BytesView& rest, BytesView& element) noexcept {
    if (rest.size() < 4) return false;
    const auto length = wire::load<std::int32_t>(rest.data());
    rest = rest.subspan(4);
    if (length < 0 || static_cast<std::size_t>(length) > rest.size()) return false;
    element = rest.first(static_cast<std::size_t>(length));
    rest = rest.subspan(element.size());
    return true;
}

// The [int] count of a collection whose `per_entry` elements need four bytes each at least.
std::optional<std::size_t> take_count(BytesView& rest, std::size_t per_entry) noexcept {
    if (rest.size() < 4) return std::nullopt;
    const auto count = wire::load<std::int32_t>(rest.data());
    rest = rest.subspan(4);
    if (count < 0 || static_cast<std::size_t>(count) > rest.size() / (4 * per_entry)) return std::nullopt;
    return static_cast<std::size_t>(count);
}

}  // namespace

SystemRows::SystemRows(const Result& result)
    : result_(result), reader_(result), cells_(result.columns().size()), left_(result.row_count()) {}

bool SystemRows::next() {
    if (left_ == 0 || cells_.empty()) return false;
    --left_;
    for (Cell& cell : cells_) {
        if (reader_.next(cell)) continue;
        left_ = 0;
        return false;
    }
    return true;
}

Cell SystemRows::cell(std::string_view column) const noexcept {
    const ColumnSpecs& columns = result_.columns();
    for (std::size_t i = 0; i < cells_.size(); ++i)
        if (columns[i].name == column) return cells_[i];
    return {};
}

std::optional<std::string> SystemRows::text(std::string_view column) const {
    const Cell found = cell(column);
    if (found.is_null()) return std::nullopt;
    return std::string(as_text(found.content()));
}

std::optional<uuid> SystemRows::id(std::string_view column) const {
    const BytesView content = cell(column).content();
    if (content.size() != 16) return std::nullopt;
    return uuid(wire::load<std::uint64_t>(content.data()), wire::load<std::uint64_t>(content.data() + 8));
}

std::optional<inet> SystemRows::address(std::string_view column) const {
    return inet::from_bytes(cell(column).content());
}

std::optional<std::uint16_t> SystemRows::port(std::string_view column) const {
    const BytesView content = cell(column).content();
    if (content.size() != 4) return std::nullopt;
    const auto number = wire::load<std::int32_t>(content.data());
    if (number < 1 || number > 65535) return std::nullopt;
    return static_cast<std::uint16_t>(number);
}

std::vector<std::string_view> SystemRows::texts(std::string_view column) const {
    BytesView rest = cell(column).content();
    std::vector<std::string_view> texts;
    const std::optional<std::size_t> count = take_count(rest, 1);
    if (!count) return texts;
    texts.reserve(*count);
    BytesView element;
    while (texts.size() < *count && take_element(rest, element)) texts.push_back(as_text(element));
    return texts;
}

std::optional<std::vector<std::pair<std::string, std::string>>> SystemRows::text_map(
    std::string_view column) const {
    BytesView rest = cell(column).content();
    const std::optional<std::size_t> count = take_count(rest, 2);
    if (!count) return std::nullopt;
    std::vector<std::pair<std::string, std::string>> entries;
    entries.reserve(*count);
    BytesView key;
    BytesView value;
    for (std::size_t i = 0; i < *count; ++i) {
        if (!take_element(rest, key) || !take_element(rest, value)) return std::nullopt;
        entries.emplace_back(as_text(key), as_text(value));
    }
    return entries;
}

}  // namespace coodie::native
