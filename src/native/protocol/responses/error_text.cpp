// SPDX-License-Identifier: Apache-2.0
// An ERROR in words.
#include "native/protocol/responses/error.hpp"

#include <array>

namespace coodie::native {
namespace {

std::string to_text(Consistency consistency) {
    static constexpr std::array<std::string_view, 11> names{
        "ANY",          "ONE",         "TWO",    "THREE",        "QUORUM",   "ALL",
        "LOCAL_QUORUM", "EACH_QUORUM", "SERIAL", "LOCAL_SERIAL", "LOCAL_ONE"};
    const auto number = static_cast<std::size_t>(consistency);
    return number < names.size() ? std::string(names[number]) : "consistency " + std::to_string(number);
}

/// "unavailable"; "error 0x1234" for codes that this driver does not know.
std::string title(std::int32_t code) {
    switch (code) {
        case server_code::server_error: return "server error";
        case server_code::protocol_error: return "protocol error";
        case server_code::bad_credentials: return "authentication failed";
        case server_code::unavailable: return "unavailable";
        case server_code::overloaded: return "the node is overloaded";
        case server_code::is_bootstrapping: return "the node is bootstrapping";
        case server_code::truncate_error: return "truncation failed";
        case server_code::write_timeout: return "write timeout";
        case server_code::read_timeout: return "read timeout";
        case server_code::read_failure: return "read failure";
        case server_code::function_failure: return "function failure";
        case server_code::write_failure: return "write failure";
        case server_code::cdc_write_failure: return "CDC write failure";
        case server_code::cas_write_unknown: return "conditional write with unknown outcome";
        case server_code::syntax_error: return "syntax error";
        case server_code::unauthorized: return "unauthorized";
        case server_code::invalid: return "invalid query";
        case server_code::config_error: return "configuration error";
        case server_code::already_exists: return "already exists";
        case server_code::unprepared: return "unprepared statement";
        default: break;
    }
    static constexpr std::string_view digits = "0123456789ABCDEF";
    std::string text = "error 0x";
    const auto bits = static_cast<std::uint32_t>(code);
    for (int shift = bits > 0xFFFF ? 28 : 12; shift >= 0; shift -= 4)
        text.push_back(digits[bits >> shift & 0xFU]);
    return text;
}

/// "1 of 2 replicas answered at QUORUM"
template <class Detail>
std::string answers(const Detail& detail) {
    return std::to_string(detail.received) + " of " + std::to_string(detail.block_for) +
           " replicas answered at " + to_text(detail.consistency);
}

/// ", 1 failed (10.0.0.1: 0x0000)"
template <class Detail>
std::string failures(const Detail& detail) {
    std::string text = ", " + std::to_string(detail.failures) + " failed";
    std::string_view separator = " (";
    for (const FailureReason& reason : detail.reasons) {
        text.append(separator).append(reason.replica.to_string()).append(": reason ");
        text.append(std::to_string(reason.code));
        separator = ", ";
    }
    if (!detail.reasons.empty()) text.push_back(')');
    return text;
}

/// The fields of a detail; empty when it says no more than the title.
struct DetailText {
    std::string operator()(const std::monostate&) const { return {}; }
    std::string operator()(const UnavailableDetail& detail) const {
        return std::to_string(detail.alive) + " of " + std::to_string(detail.required) +
               " replicas needed at " + to_text(detail.consistency) + " are alive";
    }
    std::string operator()(const WriteTimeoutDetail& detail) const {
        std::string text = answers(detail) + ", write type " + std::string(to_string(detail.write_type));
        if (detail.contentions) text += ", " + std::to_string(*detail.contentions) + " contentions";
        return text;
    }
    std::string operator()(const ReadTimeoutDetail& detail) const {
        return answers(detail) + (detail.data_present ? ", data present" : ", no data");
    }
    std::string operator()(const ReadFailureDetail& detail) const {
        return answers(detail) + failures(detail) + (detail.data_present ? ", data present" : ", no data");
    }
    std::string operator()(const WriteFailureDetail& detail) const {
        return answers(detail) + failures(detail) + ", write type " +
               std::string(to_string(detail.write_type));
    }
    std::string operator()(const FunctionFailureDetail& detail) const {
        std::string text = detail.keyspace + "." + detail.function + "(";
        for (std::size_t i = 0; i < detail.argument_types.size(); ++i)
            text.append(i == 0 ? "" : ", ").append(detail.argument_types[i]);
        return text + ")";
    }
    std::string operator()(const CasWriteUnknownDetail& detail) const { return answers(detail); }
    std::string operator()(const AlreadyExistsDetail& detail) const {
        if (detail.table.empty()) return "keyspace " + detail.keyspace;
        return "table " + detail.keyspace + "." + detail.table;
    }
    std::string operator()(const UnpreparedDetail&) const { return {}; }
};

}  // namespace

Error to_error(const ErrorResponse& response, std::string_view where) {
    std::string text(where);
    const auto add = [&text](const std::string& part) {
        if (part.empty()) return;
        if (!text.empty()) text += ": ";
        text += part;
    };
    add(title(response.code));
    add(std::visit(DetailText(), response.detail));
    add(response.message);
    return {response.code, std::move(text)};
}

}  // namespace coodie::native
