// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/protocol/opcode.hpp"
#include "native/protocol/responses/error.hpp"
#include "stub/body.hpp"
#include "stub/encode.hpp"
#include "stub/request.hpp"
#include "stub/table.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace coodie::stub {

/// What a request is answered with, and how it goes wrong. Made by the functions below; the modifiers can be
/// chained:
///
///     rows(table).after(20ms).split_at(7)
///     usual().flip_bit(100)
///     error(server_code::overloaded, "busy").then_close()
class Reply {
public:
    using MakeBody = std::function<Bytes(const Request&)>;
    enum class Kind : std::uint8_t {
        message,  ///< an envelope with the body
        usual,    ///< what the server answers without a rule
        raw,      ///< the bytes as they are, no envelope, no segment
        nothing,  ///< no answer, ever
    };

    Reply(Kind kind, native::Opcode opcode, MakeBody body)
        : kind_(kind), opcode_(opcode), body_(std::move(body)) {}

    // Modifiers.
    /// Sent so much later; requests that come meanwhile are answered before.
    Reply after(std::chrono::milliseconds delay) && { return delay_ = delay, std::move(*this); }
    /// Goes to this stream instead of the request's.
    Reply on_stream(std::int16_t stream) && { return stream_ = stream, std::move(*this); }
    /// The version byte says this.
    Reply in_version(std::uint8_t version) && { return version_ = version, std::move(*this); }
    Reply with_warning(std::string text) && { return warnings_.push_back(std::move(text)), std::move(*this); }
    Reply with_tracing_id(const uuid& id) && { return tracing_id_ = id, std::move(*this); }
    Reply with_payload(std::string name, Bytes value) && {
        return payload_.emplace_back(std::move(name), std::move(value)), std::move(*this);
    }
    /// The first `count` bytes (segment header included) go first, the rest a moment later.
    Reply split_at(std::size_t count) && { return splits_.push_back(count), std::move(*this); }
    /// Each byte in a packet of its own.
    Reply byte_by_byte() && { return byte_by_byte_ = true, std::move(*this); }
    /// Bit `number` of the bytes as they would be sent (bit 0: the lowest of the first byte).
    Reply flip_bit(std::size_t number) && { return flipped_bit_ = number, std::move(*this); }
    /// Only the first `count` bytes are sent, and nothing more of this reply.
    Reply cut_at(std::size_t count) && { return cut_ = count, std::move(*this); }
    /// Sent `count` times.
    Reply repeated(std::size_t count) && { return repeats_ = count, std::move(*this); }
    /// The connection is closed (FIN) after it.
    Reply then_close() && { return end_ = End::close, std::move(*this); }
    /// The connection is reset (RST) after it.
    Reply then_reset() && { return end_ = End::reset, std::move(*this); }

    /// With Kind::usual, the message that `make` gives, modifiers kept.
    template <class Make>
    [[nodiscard]] Reply or_usual(Make make) && {
        if (kind_ != Kind::usual) return std::move(*this);
        Reply message = make();
        kind_ = message.kind_;
        opcode_ = message.opcode_;
        body_ = std::move(message.body_);
        return std::move(*this);
    }

    enum class End : std::uint8_t { keep, close, reset };

private:
    friend class ReplyWriter;

    [[nodiscard]] bool is_plain() const noexcept {
        return kind_ == Kind::message && !stream_ && !version_ && splits_.empty() && !byte_by_byte_ &&
               !flipped_bit_ && !cut_ && repeats_ == 1 && end_ == End::keep;
    }

    Kind kind_;
    native::Opcode opcode_;
    MakeBody body_;
    std::chrono::milliseconds delay_{0};
    std::optional<std::int16_t> stream_;
    std::optional<std::uint8_t> version_;
    std::vector<std::string> warnings_;
    std::optional<uuid> tracing_id_;
    std::vector<std::pair<std::string, Bytes>> payload_;
    std::vector<std::size_t> splits_;
    bool byte_by_byte_ = false;
    std::optional<std::size_t> flipped_bit_;
    std::optional<std::size_t> cut_;
    std::size_t repeats_ = 1;
    End end_ = End::keep;
};

/// Any message.
[[nodiscard]] Reply message(native::Opcode opcode, Bytes body);
/// What the server answers without a rule; for its modifiers.
[[nodiscard]] Reply usual();
/// No answer.
[[nodiscard]] Reply drop();
/// No answer, and the connection is closed or reset.
[[nodiscard]] Reply close();
[[nodiscard]] Reply reset();
/// Bytes that need not be the protocol's.
[[nodiscard]] Reply raw(Bytes bytes);

[[nodiscard]] Reply ready();
[[nodiscard]] Reply supported(native::StringMultimap options);
[[nodiscard]] Reply authenticate(std::string authenticator);
[[nodiscard]] Reply auth_challenge(Bytes token);
[[nodiscard]] Reply auth_success();
[[nodiscard]] Reply void_result();
/// Rows with metadata, or without when the request says skip_metadata. With a page size in the request:
/// pages.
[[nodiscard]] Reply rows(Table table);
/// Rows with a metadata id other than the client's (v5).
[[nodiscard]] Reply rows_with_new_metadata(Table table, Bytes new_metadata_id);
[[nodiscard]] Reply set_keyspace(std::string keyspace);
[[nodiscard]] Reply schema_change(std::string change, std::string target, std::string keyspace,
                                  std::string name = "");
[[nodiscard]] Reply prepared(Prepared prepared);
/// An error; the fields of its detail are written as the request's version wants them.
[[nodiscard]] Reply error(std::int32_t code, std::string text, native::ErrorDetail detail = {});

/// Bodies of EVENT, for Server::push.
[[nodiscard]] Bytes status_change(std::string_view change, const inet& node, std::uint16_t port);
[[nodiscard]] Bytes topology_change(std::string_view change, const inet& node, std::uint16_t port);
[[nodiscard]] Bytes schema_change_event(std::string_view change, std::string_view target,
                                        std::string_view keyspace, std::string_view name = "");

}  // namespace coodie::stub
