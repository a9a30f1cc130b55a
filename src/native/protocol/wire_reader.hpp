// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/protocol/big_endian.hpp"
#include "native/protocol/endpoint.hpp"
#include "native/protocol/wire_error.hpp"

#include <coodie/types/bytes.hpp>
#include <coodie/types/inet.hpp>
#include <coodie/types/uuid.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace coodie::native {

using StringMultimap = std::vector<std::pair<std::string, std::vector<std::string>>>;
using StringMap = std::vector<std::pair<std::string, std::string>>;
/// A null value is nullopt.
using BytesMap = std::vector<std::pair<std::string, std::optional<Bytes>>>;

/// Reads the protocol's notations (v5 specification, section 3) from bytes of somebody else. The first thing
/// that is wrong sticks: from then on every read gives zeros and empty views, so that a message is read in
/// one go and asked once, at its end, whether it was all there. Views borrow from the bytes. No allocation
/// before the bytes for it are known to be there.
class WireReader {
public:
    explicit WireReader(BytesView bytes) noexcept : rest_(bytes) {}

    [[nodiscard]] bool ok() const noexcept { return fault_ == WireFault::none; }
    [[nodiscard]] WireFault fault() const noexcept { return fault_; }
    /// What is not read yet; empty after a fault.
    [[nodiscard]] BytesView rest() const noexcept { return rest_; }
    /// Notes a fault that the caller found. The first one stays.
    void fail(WireFault fault) noexcept;

    std::uint8_t read_byte() noexcept { return read_number<std::uint8_t>(); }
    std::uint16_t read_short() noexcept { return read_number<std::uint16_t>(); }
    std::int32_t read_int() noexcept { return read_number<std::int32_t>(); }
    std::int64_t read_long() noexcept { return read_number<std::int64_t>(); }

    std::string_view read_string() noexcept { return as_text(take(read_short())); }
    std::string_view read_long_string() noexcept { return as_text(take(read_length())); }
    /// nullopt: a null, which any negative length is.
    std::optional<BytesView> read_bytes() noexcept;
    BytesView read_short_bytes() noexcept { return take(read_short()); }
    uuid read_uuid() noexcept;
    /// [inetaddr]: without a port.
    inet read_address() noexcept;
    /// [inet]: with a port from 0 to 65535.
    Endpoint read_endpoint() noexcept;

    std::vector<std::string> read_string_list();
    StringMap read_string_map();
    StringMultimap read_string_multimap();
    BytesMap read_bytes_map();
    void skip_string_list() noexcept;
    void skip_bytes_map() noexcept;

    /// An [int] that says how many things follow, each of at least `smallest` bytes (1 or more): not
    /// negative, and all of them fit into what is left.
    std::size_t read_count(std::size_t smallest) noexcept;
    /// The same for a [short].
    std::size_t read_short_count(std::size_t smallest) noexcept {
        return check_count(read_short(), smallest);
    }
    /// The next `size` bytes as they are.
    BytesView take(std::size_t size) noexcept {
        if (size > rest_.size()) [[unlikely]] {
            fail(WireFault::truncated);
            return {};
        }
        const BytesView taken = rest_.first(size);
        rest_ = rest_.subspan(size);
        return taken;
    }

private:
    template <class T>
    T read_number() noexcept {
        if (rest_.size() < sizeof(T)) [[unlikely]] {
            fail(WireFault::truncated);
            return 0;
        }
        const T value = load_big<T>(rest_.data());
        rest_ = rest_.subspan(sizeof(T));
        return value;
    }
    std::size_t read_length() noexcept;
    std::size_t check_count(std::size_t count, std::size_t smallest) noexcept;
    static std::string_view as_text(BytesView bytes) noexcept {
        return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
    }

    BytesView rest_;
    WireFault fault_ = WireFault::none;
};

}  // namespace coodie::native
