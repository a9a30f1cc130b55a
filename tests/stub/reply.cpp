// SPDX-License-Identifier: Apache-2.0
#include "stub/reply.hpp"

#include "native/protocol/responses/result_kind.hpp"

#include <algorithm>
#include <variant>

namespace coodie::stub {
namespace {

using native::Opcode;
using native::ProtocolVersion;
using native::ResultKind;

Reply fixed(Opcode opcode, Body& body) { return message(opcode, std::move(body).take()); }

Body result(ResultKind kind) {
    Body body;
    body.int_(static_cast<std::int32_t>(kind));
    return body;
}

std::uint16_t number(Consistency consistency) { return static_cast<std::uint16_t>(consistency); }

/// Writes the fields of an error in the layout of a version.
struct DetailWriter {
    Body& body;
    ProtocolVersion version;

    template <class Detail>
    void answers(const Detail& detail) const {
        body.short_(number(detail.consistency)).int_(detail.received).int_(detail.block_for);
    }
    template <class Detail>
    void failures(const Detail& detail) const {
        if (version == ProtocolVersion::v4) {
            body.int_(detail.failures);
            return;
        }
        body.int_(static_cast<std::int32_t>(detail.reasons.size()));
        for (const auto& reason : detail.reasons) body.address(reason.replica).short_(reason.code);
    }

    void operator()(const std::monostate&) const {}
    void operator()(const native::UnavailableDetail& detail) const {
        body.short_(number(detail.consistency)).int_(detail.required).int_(detail.alive);
    }
    void operator()(const native::WriteTimeoutDetail& detail) const {
        answers(detail);
        body.string(to_string(detail.write_type));
        if (version == ProtocolVersion::v5 && detail.write_type == native::WriteType::cas)
            body.short_(detail.contentions.value_or(0));
    }
    void operator()(const native::ReadTimeoutDetail& detail) const {
        answers(detail);
        body.byte(detail.data_present ? 1 : 0);
    }
    void operator()(const native::ReadFailureDetail& detail) const {
        answers(detail);
        failures(detail);
        body.byte(detail.data_present ? 1 : 0);
    }
    void operator()(const native::WriteFailureDetail& detail) const {
        answers(detail);
        failures(detail);
        body.string(to_string(detail.write_type));
    }
    void operator()(const native::FunctionFailureDetail& detail) const {
        body.string(detail.keyspace).string(detail.function).string_list(detail.argument_types);
    }
    void operator()(const native::CasWriteUnknownDetail& detail) const { answers(detail); }
    void operator()(const native::AlreadyExistsDetail& detail) const {
        body.string(detail.keyspace).string(detail.table);
    }
    void operator()(const native::UnpreparedDetail& detail) const { body.short_bytes(detail.id); }
};

/// The number of the first row of a page is its paging state.
std::size_t page_start(const Request& request) {
    std::size_t start = 0;
    for (const std::byte byte : request.paging_state)
        start = start << 8U | std::to_integer<std::size_t>(byte);
    return start;
}

Bytes page_of(const Table& table, const Request& request, Bytes new_metadata_id) {
    RowsOptions options{.skip_metadata = request.skip_metadata,
                        .new_metadata_id = std::move(new_metadata_id)};
    options.first = page_start(request);
    if (request.page_size > 0) options.count = static_cast<std::size_t>(request.page_size);
    if (options.first < table.rows.size() && options.count < table.rows.size() - options.first) {
        Body state;
        state.int_(static_cast<std::int32_t>(options.first + options.count));
        options.paging_state = std::move(state).take();
    }
    return rows_body(table, options);
}

}  // namespace

Reply message(Opcode opcode, Bytes body) {
    return {Reply::Kind::message, opcode, [body = std::move(body)](const Request&) { return body; }};
}
Reply usual() { return {Reply::Kind::usual, Opcode::error, nullptr}; }
Reply drop() { return {Reply::Kind::nothing, Opcode::error, nullptr}; }
Reply close() { return drop().then_close(); }
Reply reset() { return drop().then_reset(); }
Reply raw(Bytes bytes) {
    return {Reply::Kind::raw, Opcode::error, [bytes = std::move(bytes)](const Request&) { return bytes; }};
}

Reply ready() { return message(Opcode::ready, {}); }
Reply supported(native::StringMultimap options) {
    Body body;
    body.short_(static_cast<std::uint16_t>(options.size()));
    for (const auto& [name, values] : options) body.string(name).string_list(values);
    return fixed(Opcode::supported, body);
}
Reply authenticate(std::string authenticator) {
    Body body;
    return fixed(Opcode::authenticate, body.string(authenticator));
}
Reply auth_challenge(Bytes token) {
    Body body;
    return fixed(Opcode::auth_challenge, body.bytes(token));
}
Reply auth_success() {
    Body body;
    return fixed(Opcode::auth_success, body.null());
}
Reply void_result() {
    Body body = result(ResultKind::void_);
    return fixed(Opcode::result, body);
}
Reply rows(Table table) { return rows_with_new_metadata(std::move(table), {}); }
Reply rows_with_new_metadata(Table table, Bytes new_metadata_id) {
    return {Reply::Kind::message, Opcode::result,
            [table = std::move(table), id = std::move(new_metadata_id)](const Request& request) {
                return page_of(table, request, id);
            }};
}
Reply set_keyspace(std::string keyspace) {
    Body body = result(ResultKind::set_keyspace);
    return fixed(Opcode::result, body.string(keyspace));
}
Reply schema_change(std::string change, std::string target, std::string keyspace, std::string name) {
    Body body = result(ResultKind::schema_change);
    body.string(change).string(target).string(keyspace);
    if (!name.empty()) body.string(name);
    return fixed(Opcode::result, body);
}
Reply prepared(Prepared prepared) {
    return {Reply::Kind::message, Opcode::result, [prepared = std::move(prepared)](const Request& request) {
                return prepared_body(prepared, request.version);
            }};
}
Reply error(std::int32_t code, std::string text, native::ErrorDetail detail) {
    return {Reply::Kind::message, Opcode::error,
            [code, text = std::move(text), detail = std::move(detail)](const Request& request) {
                Body body;
                body.int_(code).string(text);
                std::visit(DetailWriter{body, request.version}, detail);
                return std::move(body).take();
            }};
}

Bytes status_change(std::string_view change, const inet& node, std::uint16_t port) {
    Body body;
    return std::move(body.string("STATUS_CHANGE").string(change).endpoint(node, port)).take();
}
Bytes topology_change(std::string_view change, const inet& node, std::uint16_t port) {
    Body body;
    return std::move(body.string("TOPOLOGY_CHANGE").string(change).endpoint(node, port)).take();
}
Bytes schema_change_event(std::string_view change, std::string_view target, std::string_view keyspace,
                          std::string_view name) {
    Body body;
    body.string("SCHEMA_CHANGE").string(change).string(target).string(keyspace);
    if (!name.empty()) body.string(name);
    return std::move(body).take();
}

}  // namespace coodie::stub
