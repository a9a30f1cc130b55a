// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>

namespace coodie {

/// What went wrong, coarsely: it decides which exception the fronts throw.
enum class ErrorKind : std::uint8_t {
    configuration,  ///< no driver, no keyspace, a bad URL or option
    invalid_query,  ///< the library refused the query before sending anything
    validation,     ///< a value does not fit its column
    connection,     ///< the database could not be reached or opened (folder held by another process, damaged
                    ///< file, ...)
    timeout,        ///< no answer in time
    server,         ///< the database answered with an error; see Error::code()
    unsupported,    ///< this driver does not know the feature (yet); the message names the word it stopped at
    cancelled,      ///< the caller cancelled, or the driver was closed
    migration,      ///< sync_table cannot do what the model asks
};

/// Error codes of the CQL native protocol (v4 and v5 specifications, section 9). The embedded engine answers
/// with the same.
namespace server_code {
inline constexpr std::int32_t server_error = 0x0000;
inline constexpr std::int32_t protocol_error = 0x000A;
inline constexpr std::int32_t bad_credentials = 0x0100;
inline constexpr std::int32_t unavailable = 0x1000;
inline constexpr std::int32_t overloaded = 0x1001;
inline constexpr std::int32_t is_bootstrapping = 0x1002;
inline constexpr std::int32_t truncate_error = 0x1003;
inline constexpr std::int32_t write_timeout = 0x1100;
inline constexpr std::int32_t read_timeout = 0x1200;
inline constexpr std::int32_t read_failure = 0x1300;
inline constexpr std::int32_t function_failure = 0x1400;
inline constexpr std::int32_t write_failure = 0x1500;
inline constexpr std::int32_t cdc_write_failure = 0x1600;  ///< protocol v5
inline constexpr std::int32_t cas_write_unknown = 0x1700;  ///< protocol v5
inline constexpr std::int32_t syntax_error = 0x2000;
inline constexpr std::int32_t unauthorized = 0x2100;
inline constexpr std::int32_t invalid = 0x2200;
inline constexpr std::int32_t config_error = 0x2300;
inline constexpr std::int32_t already_exists = 0x2400;
inline constexpr std::int32_t unprepared = 0x2500;
}  // namespace server_code

/// An error as a value: what drivers return. Only the fronts throw (see `raise`).
class Error {
public:
    Error(ErrorKind kind, std::string message) : message_(std::move(message)), kind_(kind) {}
    /// A server's error: `code` is one of `server_code`, or a number this library does not know.
    Error(std::int32_t code, std::string message)
        : message_(std::move(message)), code_(code), kind_(ErrorKind::server) {}

    [[nodiscard]] ErrorKind kind() const noexcept { return kind_; }
    /// The server's code; 0 unless kind() is ErrorKind::server.
    [[nodiscard]] std::int32_t code() const noexcept { return code_; }
    [[nodiscard]] const std::string& message() const noexcept { return message_; }

private:
    std::string message_;
    std::int32_t code_ = 0;
    ErrorKind kind_;
};

/// The base of everything that the library throws. Every message says what was tried, on what, and what to
/// do.
class CoodieError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

class DocumentNotFound : public CoodieError {
public:
    using CoodieError::CoodieError;
};
class MultipleDocumentsFound : public CoodieError {
public:
    using CoodieError::CoodieError;
};
class ConfigurationError : public CoodieError {
public:
    using CoodieError::CoodieError;
};
class InvalidQueryError : public CoodieError {
public:
    using CoodieError::CoodieError;
};
class ValidationError : public CoodieError {
public:
    using CoodieError::CoodieError;
};
class MigrationError : public CoodieError {
public:
    using CoodieError::CoodieError;
};
/// A conditional write that was not applied (thrown by `LwtResult::or_throw`).
class NotApplied : public CoodieError {
public:
    using CoodieError::CoodieError;
};

class DriverError : public CoodieError {
public:
    using CoodieError::CoodieError;
};
class ConnectionError : public DriverError {
public:
    using DriverError::DriverError;
};
class TimeoutError : public DriverError {
public:
    using DriverError::DriverError;
};
class UnsupportedError : public DriverError {
public:
    using DriverError::DriverError;
};
class CancelledError : public DriverError {
public:
    using DriverError::DriverError;
};
class ServerError : public DriverError {
public:
    ServerError(std::int32_t code, const std::string& message) : DriverError(message), code_(code) {}
    /// One of `server_code`, or a number this library does not know.
    [[nodiscard]] std::int32_t code() const noexcept { return code_; }

private:
    std::int32_t code_;
};

/// Throws the exception that belongs to the error's kind.
[[noreturn]] void raise(const Error& error);

}  // namespace coodie
