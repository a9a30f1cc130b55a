// SPDX-License-Identifier: Apache-2.0
#include <coodie/cql/value.hpp>

#include <coodie/codec/dynamic.hpp>
#include <coodie/types/error.hpp>

#include <boost/endian/conversion.hpp>

#include <limits>
#include <span>
#include <utility>

namespace coodie::cql {
namespace {

constexpr std::size_t length_size = 4;
constexpr std::int32_t null_length = -1;
constexpr std::int32_t unset_length = -2;
constexpr std::int64_t largest_ttl = 630720000;  // 20 years: org.apache.cassandra.cql3.Attributes.MAX_TTL

Bytes cell_of(std::int32_t length, BytesView content = {}) {
    Bytes cell(length_size);
    boost::endian::store_big_s32(reinterpret_cast<unsigned char*>(cell.data()), length);
    cell.insert(cell.end(), content.begin(), content.end());
    return cell;
}

std::int32_t length_of(const Bytes& cell) noexcept {
    return boost::endian::load_big_s32(reinterpret_cast<const unsigned char*>(cell.data()));
}

}  // namespace

Value::Value(std::string_view text)
    : type_(TypeId::text),
      cell_(cell_of(static_cast<std::int32_t>(text.size()), std::as_bytes(std::span(text)))) {}

Value::Value(std::nullptr_t) : cell_(cell_of(null_length)) {}

Value::Value(DataType type, std::optional<BytesView> content)
    : type_(std::move(type)),
      cell_(content ? cell_of(static_cast<std::int32_t>(content->size()), *content) : cell_of(null_length)) {}

Value Value::unset() {
    Value value(nullptr);
    value.cell_ = cell_of(unset_length);
    return value;
}

std::string Value::to_string() const {
    const std::int32_t length = length_of(cell_);
    if (length == unset_length) return "unset";
    return format_value(type_, length == null_length ? Cell() : Cell(BytesView(cell_).subspan(length_size)));
}

void bind(BoundValues& out, const std::vector<Value>& values) {
    for (const Value& value : values) {
        out.buffer().insert(out.buffer().end(), value.cell().begin(), value.cell().end());
        out.count_one();
    }
}

Value ttl_value(std::chrono::seconds ttl) {
    if (ttl.count() < 0 || ttl.count() > largest_ttl)
        throw ValidationError("a TTL of " + std::to_string(ttl.count()) +
                              " s is not in 0..630720000 s (20 years)");
    return static_cast<std::int32_t>(ttl.count());
}

Value timestamp_value(WriteTime time) { return std::int64_t{time.time_since_epoch().count()}; }

Value limit_value(std::int64_t rows) {
    if (rows < 1 || rows > std::numeric_limits<std::int32_t>::max())
        throw ValidationError("a LIMIT of " + std::to_string(rows) + " is not in 1..2147483647");
    return static_cast<std::int32_t>(rows);
}

}  // namespace coodie::cql
