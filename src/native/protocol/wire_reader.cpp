// SPDX-License-Identifier: Apache-2.0
#include "native/protocol/wire_reader.hpp"

namespace coodie::native {

void WireReader::fail(WireFault fault) noexcept {
    if (fault_ == WireFault::none) fault_ = fault;
    rest_ = {};
}

std::size_t WireReader::read_length() noexcept {
    const std::int32_t length = read_int();
    if (length < 0) fail(WireFault::negative_count);
    return length < 0 ? 0 : static_cast<std::size_t>(length);
}

std::optional<BytesView> WireReader::read_bytes() noexcept {
    const std::int32_t length = read_int();
    if (length < 0 || !ok()) return std::nullopt;
    return take(static_cast<std::size_t>(length));
}

uuid WireReader::read_uuid() noexcept {
    const auto most = read_number<std::uint64_t>();
    const auto least = read_number<std::uint64_t>();
    return {most, least};
}

inet WireReader::read_address() noexcept {
    const std::size_t size = read_byte();
    if (!ok()) return {};
    if (size != 4 && size != 16) {
        fail(WireFault::malformed);
        return {};
    }
    return inet::from_bytes(take(size)).value_or(inet());
}

Endpoint WireReader::read_endpoint() noexcept {
    const inet address = read_address();
    const std::int32_t port = read_int();
    if (port < 0 || port > 65535) {
        fail(WireFault::malformed);
        return {};
    }
    return {address, static_cast<std::uint16_t>(port)};
}

std::size_t WireReader::check_count(std::size_t count, std::size_t smallest) noexcept {
    if (count <= rest_.size() / smallest) return count;
    fail(WireFault::truncated);
    return 0;
}

std::size_t WireReader::read_count(std::size_t smallest) noexcept {
    return check_count(read_length(), smallest);
}

std::vector<std::string> WireReader::read_string_list() {
    std::vector<std::string> list;
    const std::size_t count = read_short_count(2);
    list.reserve(count);
    for (std::size_t i = 0; i < count && ok(); ++i) list.emplace_back(read_string());
    return list;
}

StringMap WireReader::read_string_map() {
    StringMap map;
    const std::size_t count = read_short_count(4);
    map.reserve(count);
    for (std::size_t i = 0; i < count && ok(); ++i) {
        std::string key(read_string());
        map.emplace_back(std::move(key), read_string());
    }
    return map;
}

StringMultimap WireReader::read_string_multimap() {
    StringMultimap map;
    const std::size_t count = read_short_count(4);
    map.reserve(count);
    for (std::size_t i = 0; i < count && ok(); ++i) {
        std::string key(read_string());
        map.emplace_back(std::move(key), read_string_list());
    }
    return map;
}

BytesMap WireReader::read_bytes_map() {
    BytesMap map;
    const std::size_t count = read_short_count(6);
    map.reserve(count);
    for (std::size_t i = 0; i < count && ok(); ++i) {
        std::string key(read_string());
        const auto value = read_bytes();
        map.emplace_back(std::move(key), std::nullopt);
        if (value) map.back().second.emplace(value->begin(), value->end());
    }
    return map;
}

void WireReader::skip_string_list() noexcept {
    const std::size_t count = read_short_count(2);
    for (std::size_t i = 0; i < count && ok(); ++i) (void)read_string();
}

void WireReader::skip_bytes_map() noexcept {
    const std::size_t count = read_short_count(6);
    for (std::size_t i = 0; i < count && ok(); ++i) {
        (void)read_string();
        (void)read_bytes();
    }
}

}  // namespace coodie::native
