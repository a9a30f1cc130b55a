// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/protocol/version.hpp"
#include "native/protocol/wire_reader.hpp"

#include <coodie/driver/options.hpp>
#include <coodie/types/bytes.hpp>
#include <coodie/types/error.hpp>
#include <coodie/types/inet.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace coodie::native {

/// What kind of write timed out or failed.
enum class WriteType : std::uint8_t {
    unknown,
    simple,
    batch,
    unlogged_batch,
    counter,
    batch_log,
    cas,
    view,
    cdc
};
/// "SIMPLE", "UNLOGGED_BATCH", ...
[[nodiscard]] std::string_view to_string(WriteType type) noexcept;

/// Why one replica failed a request (v5).
struct FailureReason {
    inet replica;
    std::uint16_t code = 0;
};

struct UnavailableDetail {
    Consistency consistency = Consistency::any;
    std::int32_t required = 0;
    std::int32_t alive = 0;
};
struct WriteTimeoutDetail {
    Consistency consistency = Consistency::any;
    std::int32_t received = 0;
    std::int32_t block_for = 0;
    WriteType write_type = WriteType::unknown;
    /// v5, write type CAS only.
    std::optional<std::uint16_t> contentions;
};
struct ReadTimeoutDetail {
    Consistency consistency = Consistency::any;
    std::int32_t received = 0;
    std::int32_t block_for = 0;
    bool data_present = false;
};
struct ReadFailureDetail {
    Consistency consistency = Consistency::any;
    std::int32_t received = 0;
    std::int32_t block_for = 0;
    std::int32_t failures = 0;
    /// v5: one for each failure.
    std::vector<FailureReason> reasons;
    bool data_present = false;
};
struct WriteFailureDetail {
    Consistency consistency = Consistency::any;
    std::int32_t received = 0;
    std::int32_t block_for = 0;
    std::int32_t failures = 0;
    /// v5: one for each failure.
    std::vector<FailureReason> reasons;
    WriteType write_type = WriteType::unknown;
};
struct FunctionFailureDetail {
    std::string keyspace;
    std::string function;
    std::vector<std::string> argument_types;
};
struct CasWriteUnknownDetail {
    Consistency consistency = Consistency::any;
    std::int32_t received = 0;
    std::int32_t block_for = 0;
};
struct AlreadyExistsDetail {
    std::string keyspace;
    /// Empty when it is the keyspace that exists.
    std::string table;
};
struct UnpreparedDetail {
    Bytes id;
};

/// Nothing but code and message: codes without fields, and codes that this driver does not know.
using ErrorDetail = std::variant<std::monostate, UnavailableDetail, WriteTimeoutDetail, ReadTimeoutDetail,
                                 ReadFailureDetail, WriteFailureDetail, FunctionFailureDetail,
                                 CasWriteUnknownDetail, AlreadyExistsDetail, UnpreparedDetail>;

/// ERROR (v5 specification, section 9).
struct ErrorResponse {
    /// One of coodie::server_code or of the codes above, or another number.
    std::int32_t code = 0;
    std::string message;
    ErrorDetail detail;
};

[[nodiscard]] ErrorResponse read_error(WireReader& reader, ProtocolVersion version);

/// The error as the caller of the library sees it (ErrorKind::server with the code), its fields in words:
/// "127.0.0.1:9042: write timeout: 1 of 2 replicas answered at QUORUM, write type SIMPLE: <what the server
/// says>".
/// @param where what was tried, on what; put first when it is not empty.
[[nodiscard]] Error to_error(const ErrorResponse& response, std::string_view where);

}  // namespace coodie::native
