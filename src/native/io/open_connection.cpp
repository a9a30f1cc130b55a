// SPDX-License-Identifier: Apache-2.0
#include "native/io/open_connection.hpp"

#include "native/fsm/handshake.hpp"
#include "native/protocol/segment.hpp"

#include <openssl/crypto.h>
#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <unistd.h>

namespace coodie::native {
namespace {

namespace asio = boost::asio;
using asio::redirect_error;
using asio::use_awaitable;
using asio::ip::tcp;
using boost::system::error_code;

// One connection on its way; lives in the frame of open_connection.
class Opening {
public:
    Opening(const ConnectTarget& target, asio::any_io_executor executor)
        : target_(target), socket_(executor), timer_(executor), resolver_(executor) {}

    asio::awaitable<bool> run();
    [[nodiscard]] OpenFailure failure() const { return OpenFailure(*error_, permanent_); }
    [[nodiscard]] OpenedConnection take();

private:
    void start_timer();
    asio::awaitable<bool> resolve();
    asio::awaitable<bool> connect();
    asio::awaitable<bool> secure();
    asio::awaitable<bool> shake_hands();
    asio::awaitable<bool> exchange_once(bool& lower);
    asio::awaitable<bool> send();
    asio::awaitable<bool> receive();
    asio::awaitable<bool> next_envelope(Envelope& envelope);
    Handshake::Settings settings() const;
    void forget(Bytes& bytes);
    bool fail(Error error);
    bool fail(const char* doing, const error_code& code);

    const ConnectTarget& target_;
    tcp::socket socket_;
    asio::steady_timer timer_;
    tcp::resolver resolver_;
    std::vector<tcp::endpoint> endpoints_;
    std::unique_ptr<TlsEngine> tls_;
    std::unique_ptr<FrameReader> reader_;
    std::optional<Handshake> handshake_;
    Bytes out_;     // envelopes or segments
    Bytes cipher_;  // what is sent when there is TLS
    Bytes received_;
    std::optional<Error> error_;
    const char* doing_ = "connecting";
    bool late_ = false;
    bool permanent_ = false;
    bool started_ = false;
};

// The credentials' envelope is not left behind in freed memory.
void Opening::forget(Bytes& bytes) {
    if (handshake_ && handshake_->secret()) OPENSSL_cleanse(bytes.data(), bytes.size());
    bytes.clear();
}

bool Opening::fail(Error error) {
    if (!error_) error_ = std::move(error);
    return false;
}

bool Opening::fail(const char* doing, const error_code& code) {
    const std::string peer = target_.text();
    if (late_)
        return fail(Error(ErrorKind::connection,
                          "cannot connect to " + peer + ": no answer within " +
                              std::to_string(target_.options().connect_timeout.count()) + " ms while " +
                              doing +
                              "; check host and port, that a CQL server listens there, and connect_timeout"));
    std::string reason =
        code == asio::error::eof ? std::string("the other side closed the connection") : code.message();
    // A server may close in TLS 1.3 because of the certificate when the handshake is over for the client.
    const char* check = tls_ == nullptr ? "whether it wants TLS" : "whether it wants a client certificate";
    return fail(Error(ErrorKind::connection,
                      "cannot connect to " + peer + ": " + reason + " while " + doing +
                          "; check host and port, that a CQL server listens there, and " + check));
}

void Opening::start_timer() {
    timer_.expires_after(target_.options().connect_timeout);
    timer_.async_wait([this](error_code code) {
        if (code) return;
        late_ = true;
        error_code ignored;
        resolver_.cancel();
        socket_.close(ignored);
    });
}

asio::awaitable<bool> Opening::resolve() {
    error_code code;
    const asio::ip::address address = asio::ip::make_address(target_.host(), code);
    if (!code) {
        endpoints_.emplace_back(address, target_.port());
        co_return true;
    }
    code.clear();
    const std::string port = std::to_string(target_.port());
    const tcp::resolver::results_type found =
        co_await resolver_.async_resolve(target_.host(), port, redirect_error(use_awaitable, code));
    if (code || found.empty()) co_return fail("looking up its name", code);
    for (const auto& entry : found) endpoints_.push_back(entry.endpoint());
    co_return true;
}

asio::awaitable<bool> Opening::connect() {
    error_code code;
    co_await asio::async_connect(socket_, endpoints_, redirect_error(use_awaitable, code));
    if (code || late_) co_return fail("connecting", code);
    error_code ignored;
    socket_.set_option(tcp::no_delay(true), ignored);
    socket_.set_option(asio::socket_base::keep_alive(true), ignored);
    co_return true;
}

asio::awaitable<bool> Opening::send() {
    error_code code;
    if (tls_ != nullptr) {
        co_await asio::async_write(socket_, asio::buffer(cipher_), redirect_error(use_awaitable, code));
        cipher_.clear();
        // The server closed; the alert that it sent before says why. receive() finds it, or fails in turn.
        if (code && !late_) co_return true;
    } else {
        co_await asio::async_write(socket_, asio::buffer(out_), redirect_error(use_awaitable, code));
        forget(out_);
    }
    if (code || late_) co_return fail(doing_, code);
    co_return true;
}

asio::awaitable<bool> Opening::receive() {
    error_code code;
    received_.resize(16 * 1024);
    const std::size_t size =
        co_await socket_.async_read_some(asio::buffer(received_), redirect_error(use_awaitable, code));
    if (code == asio::error::eof && tls_ != nullptr && !tls_->established() && !late_) {
        std::optional<Error> cut = tls_->end_of_stream();
        if (cut) co_return fail(std::move(*cut));
    }
    if (code || late_) co_return fail(doing_, code);
    received_.resize(size);
    co_return true;
}

asio::awaitable<bool> Opening::secure() {
    if (target_.tls() == nullptr) co_return true;
    doing_ = "setting up TLS";
    std::variant<std::unique_ptr<TlsEngine>, Error> made =
        TlsEngine::create(target_.tls(), TlsPeer{target_.host(), target_.port()});
    if (Error* error = std::get_if<Error>(&made)) co_return fail(std::move(*error));
    tls_ = std::move(*std::get_if<std::unique_ptr<TlsEngine>>(&made));
    if (std::optional<Error> error = tls_->start(cipher_)) co_return fail(std::move(*error));
    Bytes plain;
    while (!tls_->established()) {
        if (!cipher_.empty()) {
            const bool sent = co_await send();
            if (!sent) co_return false;
        }
        if (const bool receive_ok = co_await receive(); !receive_ok) co_return false;
        std::optional<Error> error = tls_->feed(received_, plain, cipher_);
        if (!error) continue;
        // The alert tells the server why; whether it arrives matters little.
        if (!cipher_.empty()) static_cast<void>(co_await send());
        error_.reset();
        co_return fail(std::move(*error));
    }
    if (!cipher_.empty()) {
        const bool sent = co_await send();
        if (!sent) co_return false;
    }
    co_return true;
}

Handshake::Settings Opening::settings() const {
    const NativeOptions& options = target_.options();
    Handshake::Settings made;
    made.version = options.protocol_version;
    made.compression = options.compression;
    made.user = options.user;
    made.password = options.password;
    made.keyspace = target_.keyspace();
    made.throw_on_overload = options.throw_on_overload;
    made.peer = target_.text();
    return made;
}

asio::awaitable<bool> Opening::next_envelope(Envelope& envelope) {
    for (;;) {
        const FrameReader::Status status = reader_->next(envelope);
        if (status == FrameReader::Status::envelope) co_return true;
        if (status == FrameReader::Status::failed) co_return fail(to_error(reader_->error(), target_.text()));
        if (const bool receive_ok = co_await receive(); !receive_ok) co_return false;
        Bytes plain;
        if (tls_ != nullptr) {
            if (std::optional<Error> error = tls_->feed(received_, plain, cipher_))
                co_return fail(std::move(*error));
            received_.swap(plain);
        }
        BytesView rest = received_;
        while (!rest.empty()) {
            const std::span<std::byte> space = reader_->space();
            const std::size_t size = std::min(space.size(), rest.size());
            std::copy_n(rest.begin(), size, space.begin());
            reader_->received(size);
            rest = rest.subspan(size);
        }
    }
}

// One attempt on one socket. `lower`: the server wants an older version.
asio::awaitable<bool> Opening::exchange_once(bool& lower) {
    doing_ = "the CQL handshake";
    reader_ = std::make_unique<FrameReader>();
    started_ = false;
    out_.clear();
    handshake_->begin(out_);
    for (;;) {
        if (handshake_->framing()) {
            Bytes sealed;
            seal_segments(sealed, out_, handshake_->compression());
            out_.swap(sealed);
            forget(sealed);
        }
        if (tls_ != nullptr) {
            if (std::optional<Error> error = tls_->write(out_, cipher_)) co_return fail(std::move(*error));
            forget(out_);
        }
        const bool sent = co_await send();
        if (!sent) co_return false;
        Envelope envelope;
        if (const bool next_envelope_ok = co_await next_envelope(envelope); !next_envelope_ok)
            co_return false;
        const Handshake::Step step = handshake_->on(envelope, out_);
        if (!started_ && handshake_->started()) {
            started_ = true;
            reader_->start(handshake_->version(), handshake_->compression());
        }
        if (step == Handshake::Step::done) co_return true;
        if (step == Handshake::Step::failed) {
            permanent_ = handshake_->permanent();
            co_return fail(Error(handshake_->error()));
        }
        lower = step == Handshake::Step::lower_version;
        if (lower) co_return false;
    }
}

asio::awaitable<bool> Opening::shake_hands() {
    handshake_.emplace(settings());
    for (;;) {
        bool lower = false;
        const bool opened = co_await exchange_once(lower);
        if (opened) co_return true;
        if (!lower) co_return false;
        error_code ignored;
        socket_.close(ignored);
        if (const bool connect_ok = co_await connect(); !connect_ok) co_return false;
        if (const bool secure_ok = co_await secure(); !secure_ok) co_return false;
    }
}

asio::awaitable<bool> Opening::run() {
    start_timer();
    bool opened = co_await resolve();
    if (opened) opened = co_await connect();
    if (opened) opened = co_await secure();
    if (opened) opened = co_await shake_hands();
    timer_.cancel();
    co_return opened;
}

OpenedConnection Opening::take() {
    OpenedConnection opened;
    error_code code;
    opened.version = handshake_->version();
    opened.compression = handshake_->compression();
    opened.peer = target_.text();
    opened.tls = std::move(tls_);
    opened.reader = std::move(reader_);
    opened.socket = socket_.release(code);
    return opened;
}

}  // namespace

std::string ConnectTarget::text() const {
    const bool bare_v6 = host_.find(':') != std::string::npos;
    return (bare_v6 ? '[' + host_ + ']' : host_) + ':' + std::to_string(port_);
}

asio::awaitable<OpenResult> open_connection(ConnectTarget target) {
    const asio::any_io_executor executor = co_await asio::this_coro::executor;
    Opening opening(target, executor);
    const bool opened = co_await opening.run();
    // The timer's handler refers to `opening`: let it run before that goes.
    co_await asio::post(executor, use_awaitable);
    if (!opened) co_return OpenResult(opening.failure());
    co_return OpenResult(opening.take());
}

}  // namespace coodie::native
