// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedded/catalog/table.hpp"

#include <coodie/types/bytes.hpp>
#include <coodie/types/data_type.hpp>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

/// The bytes of the catalog's records: integers big-endian, text and lists with a 32-bit length.
namespace coodie::embedded {

inline constexpr std::uint8_t record_format = 1;

class RecordWriter {
public:
    RecordWriter() { number(record_format); }

    template <class T>
    void number(T value) {
        if constexpr (std::is_same_v<T, double>) {
            std::uint64_t bits = 0;
            std::memcpy(&bits, &value, sizeof bits);
            number(bits);
        } else if constexpr (std::is_enum_v<T> || std::is_same_v<T, bool>) {
            number(static_cast<std::uint8_t>(value));
        } else {
            const auto bits = static_cast<std::make_unsigned_t<T>>(value);
            for (std::size_t i = sizeof(T); i-- > 0;)
                bytes_.push_back(static_cast<std::byte>(static_cast<std::uint64_t>(bits) >> (8 * i)));
        }
    }
    void text(std::string_view value) {
        number(static_cast<std::uint32_t>(value.size()));
        const auto* data = reinterpret_cast<const std::byte*>(value.data());
        bytes_.insert(bytes_.end(), data, data + value.size());
    }
    template <class List, class F>
    void list(const List& values, F&& write) {
        number(static_cast<std::uint32_t>(values.size()));
        for (const auto& value : values) write(value);
    }
    void map(const StringMap& values) {
        list(values, [&](const auto& entry) { text(entry.first), text(entry.second); });
    }
    void id(const SchemaId& value) { bytes_.insert(bytes_.end(), value.begin(), value.end()); }
    void blob(BytesView value) { text({reinterpret_cast<const char*>(value.data()), value.size()}); }
    void type(const DataType& value) { text(value.to_string()); }

    Bytes take() { return std::move(bytes_); }

private:
    Bytes bytes_;
};

/// Thrown for bytes that are no record; Catalog::load makes an Error of it.
struct DamagedRecord {};

class RecordReader {
public:
    explicit RecordReader(BytesView bytes) : rest_(bytes) {
        if (number<std::uint8_t>() != record_format) throw DamagedRecord{};
    }

    template <class T>
    T number() {
        if constexpr (std::is_same_v<T, double>) {
            const auto bits = number<std::uint64_t>();
            double value = 0;
            std::memcpy(&value, &bits, sizeof value);
            return value;
        } else if constexpr (std::is_same_v<T, bool>) {
            const auto value = number<std::uint8_t>();
            if (value > 1) throw DamagedRecord{};
            return value == 1;
        } else {
            std::uint64_t bits = 0;
            for (const std::byte b : take(sizeof(T))) bits = bits << 8 | std::to_integer<std::uint64_t>(b);
            return static_cast<T>(bits);
        }
    }
    template <class E>
    E enumeration(E last) {
        const auto value = number<std::uint8_t>();
        if (value > static_cast<std::uint8_t>(last)) throw DamagedRecord{};
        return static_cast<E>(value);
    }
    std::string text() {
        const BytesView bytes = take(number<std::uint32_t>());
        return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
    }
    template <class F>
    void list(F&& read) {
        for (auto count = number<std::uint32_t>(); count > 0; --count) read();
    }
    StringMap map() {
        StringMap values;
        list([&] {
            std::string key = text();
            values.insert_or_assign(std::move(key), text());
        });
        return values;
    }
    SchemaId id() {
        SchemaId value{};
        std::ranges::copy(take(value.size()), value.begin());
        return value;
    }
    DataType type() {
        std::optional<DataType> value = DataType::parse(text());
        if (!value) throw DamagedRecord{};
        return *std::move(value);
    }
    void end() const {
        if (!rest_.empty()) throw DamagedRecord{};
    }

private:
    BytesView take(std::size_t count) {
        if (count > rest_.size()) throw DamagedRecord{};
        const BytesView taken = rest_.first(count);
        rest_ = rest_.subspan(count);
        return taken;
    }
    BytesView rest_;
};

}  // namespace coodie::embedded
