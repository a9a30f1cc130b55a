// SPDX-License-Identifier: Apache-2.0
#include "stub/connection.hpp"

#include "native/protocol/big_endian.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>
#include <utility>

namespace coodie::stub {
namespace asio = boost::asio;
using boost::system::error_code;
using native::Opcode;
using native::ProtocolVersion;

namespace {

/// The flags byte of an EXECUTE says that the client wants no metadata.
bool skips_metadata(BytesView body, ProtocolVersion version) {
    const std::size_t flags = version == ProtocolVersion::v4 ? 0 : 3;
    return body.size() > 2 + flags && (std::to_integer<unsigned>(body[2 + flags]) & 2U) != 0;
}

BytesView take_short_bytes(BytesView& body) {
    if (body.size() < 2) return {};
    const std::size_t size =
        std::min<std::size_t>(native::load_big<std::uint16_t>(body.data()), body.size() - 2);
    const BytesView taken = body.subspan(2, size);
    body = body.subspan(2 + size);
    return taken;
}

}  // namespace

Connection::Connection(asio::ip::tcp::socket socket, std::shared_ptr<Core> core, std::size_t node)
    : socket_(std::move(socket)),
      pause_(socket_.get_executor()),
      core_(std::move(core)),
      node_(node),
      number_(core_->opened(node)) {
    error_code ignored;
    socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
}

Connection::~Connection() { core_->closed(); }

void Connection::read() {
    socket_.async_read_some(asio::buffer(chunk_),
                            [self = shared_from_this()](error_code error, std::size_t size) {
                                if (error || self->done_) return self->finish();
                                if (!self->deaf_) {
                                    self->assembler_.feed(BytesView(self->chunk_).first(size));
                                    self->consume();
                                }
                                if (!self->done_) self->read();
                            });
}

void Connection::consume() {
    RequestEnvelope envelope;
    while (!deaf_) {
        switch (assembler_.next(envelope)) {
            case RequestAssembler::Outcome::need_more: return flush();
            case RequestAssembler::Outcome::bad_bytes: core_->bad_bytes(); return close();
            case RequestAssembler::Outcome::envelope: handle(envelope); break;
        }
    }
    flush();
}

bool Connection::handle_fast(const RequestEnvelope& envelope) {
    if (envelope.opcode != Opcode::execute || !core_->options().fast) return false;
    const auto version = static_cast<ProtocolVersion>(envelope.version);
    BytesView body = envelope.body;
    const auto* const bodies = core_->fast_bodies(take_short_bytes(body));
    if (bodies == nullptr) return false;
    if (version == ProtocolVersion::v5) (void)take_short_bytes(body);
    const Bytes& answer = skips_metadata(body, version) ? bodies->without_metadata : bodies->with_metadata;
    writer_.add_envelope(envelope.version, envelope.stream, Opcode::result, answer);
    return true;
}

void Connection::refuse_version(const RequestEnvelope& envelope) {
    deaf_ = true;
    const auto& versions = core_->options().versions;
    const auto newest = static_cast<std::uint8_t>(*std::max_element(versions.begin(), versions.end()));
    const std::string text = "Invalid or unsupported protocol version (" +
                             std::to_string(envelope.version & 0x7FU) + "); supported versions are up to " +
                             std::to_string(newest);
    writer_.add_envelope(newest, envelope.stream, Opcode::error,
                         Body().int_(server_code::protocol_error).string(text).view());
    flush();
    close();
}

void Connection::handle(const RequestEnvelope& envelope) {
    const auto version = static_cast<ProtocolVersion>(envelope.version);
    const auto& versions = core_->options().versions;
    if (std::find(versions.begin(), versions.end(), version) == versions.end())
        return refuse_version(envelope);
    version_ = envelope.version;
    if (handle_fast(envelope)) return;
    Request request{.connection = number_,
                    .node = node_,
                    .version = version,
                    .flags = envelope.flags,
                    .stream = envelope.stream,
                    .opcode = envelope.opcode,
                    .body = Bytes(envelope.body.begin(), envelope.body.end()),
                    .used_keyspace = used_keyspace_};
    if (!read_request(request)) {
        core_->bad_bytes();
        return deliver(error(server_code::protocol_error, "the body of the message is malformed"), request);
    }
    note(request);
    const Reply reply = core_->answer(request);
    const auto delay = ReplyWriter::delay_of(reply);
    if (delay.count() == 0) return deliver(reply, request);
    const auto timer = std::make_shared<asio::steady_timer>(socket_.get_executor(), delay);
    timer->async_wait([self = shared_from_this(), timer, reply, request](error_code error) {
        if (error || self->done_) return;
        self->deliver(reply, request);
        self->flush();
    });
}

/// What a request changes about the connection.
void Connection::note(const Request& request) {
    if (request.opcode == Opcode::register_) event_types_ = request.event_types;
    if (request.opcode == Opcode::query) {
        const StatementGuess guess = guess_statement(request.query);
        if (guess.verb == "USE") used_keyspace_ = guess.table;
    }
    if (request.opcode != Opcode::startup) return;
    for (const auto& [name, value] : request.options)
        if (name == "COMPRESSION" && value == "lz4") compression_ = native::Compression::lz4;
}

void Connection::deliver(const Reply& reply, const Request& request) {
    const bool starts = request.opcode == Opcode::startup && ReplyWriter::accepts_startup(reply);
    if (starts && request.version == ProtocolVersion::v4) writer_.set_compression(compression_);
    writer_.add(reply, request);
    if (!starts || request.version == ProtocolVersion::v4 || writer_.in_segments()) return;
    writer_.start_segments();
    writer_.set_compression(compression_);
    assembler_.start_segments(compression_);
}

void Connection::flush() {
    for (Piece& piece : writer_.take()) out_.push_back(std::move(piece));
    if (!writing_ && !done_) write_next();
}

void Connection::write_next() {
    if (out_.empty()) return;
    writing_ = true;
    if (out_.front().pause.count() == 0) return write_front();
    pause_.expires_after(out_.front().pause);
    pause_.async_wait([self = shared_from_this()](error_code error) {
        if (!error && !self->done_) self->write_front();
    });
}

void Connection::write_front() {
    asio::async_write(socket_, asio::buffer(out_.front().bytes),
                      [self = shared_from_this()](error_code error, std::size_t) {
                          self->writing_ = false;
                          if (error || self->done_) return self->finish();
                          const Reply::End end = self->out_.front().end;
                          self->out_.pop_front();
                          if (end == Reply::End::reset) return self->reset();
                          if (end == Reply::End::close) {
                              self->out_.clear();
                              return self->close();
                          }
                          self->write_next();
                      });
}

void Connection::close() {
    deaf_ = true;
    if (writing_ || !out_.empty()) {
        out_.back().end = Reply::End::close;
        return;
    }
    error_code ignored;
    socket_.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
}

void Connection::reset() {
    error_code ignored;
    socket_.set_option(asio::socket_base::linger(true, 0), ignored);
    finish();
}

void Connection::finish() {
    done_ = true;
    pause_.cancel();
    error_code ignored;
    socket_.close(ignored);
}

void Connection::push(const Bytes& body) {
    native::WireReader reader(body);
    const std::string_view type = reader.read_string();
    if (std::find(event_types_.begin(), event_types_.end(), type) == event_types_.end()) return;
    writer_.add_envelope(version_, -1, Opcode::event, body);
    flush();
}

void Connection::push_raw(Bytes bytes) {
    writer_.add(raw(std::move(bytes)), {});
    flush();
}

}  // namespace coodie::stub
