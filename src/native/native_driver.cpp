// SPDX-License-Identifier: Apache-2.0
#include "native/native_driver.hpp"

#include "native/session/session.hpp"

#include <utility>

/// Called by the source that every program with coodie::native compiles (link/link_native.cpp).
bool coodie_link_native();

namespace coodie::native {

NativeDriver::NativeDriver(NativeOptions options, std::shared_ptr<Session> session)
    : name_(std::move(options.display)), session_(std::move(session)) {}

NativeDriver::~NativeDriver() { session_->close(); }

std::string NativeDriver::keyspace() const { return session_->keyspace(); }

Outcome NativeDriver::execute(const Statement& statement) { return session_->execute(statement); }
Outcome NativeDriver::execute(const BatchStatement& batch) { return session_->execute(batch); }

Ticket NativeDriver::start(Statement&& statement, std::shared_ptr<Request> request) {
    return session_->start(std::move(statement), std::move(request));
}
Ticket NativeDriver::start(BatchStatement&& batch, std::shared_ptr<Request> request) {
    return session_->start(std::move(batch), std::move(request));
}
void NativeDriver::cancel(Ticket ticket) noexcept { session_->cancel(ticket); }

std::variant<Description, Error> NativeDriver::describe(const StatementText& text) {
    return session_->describe(text);
}

Ticket NativeDriver::start_describe(StatementText text, std::shared_ptr<DescribeRequest> request) {
    return session_->start_describe(std::move(text), std::move(request));
}

Outcome NativeDriver::connect() {
    if (std::optional<Error> failed = session_->connect()) return std::move(*failed);
    return Result();
}

Ticket NativeDriver::start_connect(std::shared_ptr<Request> request) {
    session_->start_connect(std::move(request));
    return Ticket::none;
}

void NativeDriver::close() noexcept { session_->close(); }

DriverCounters NativeDriver::counters() const { return session_->telemetry().read(); }
void NativeDriver::set_log(LogFunction log) noexcept { session_->telemetry().set_log(log); }
std::vector<NodeCounters> NativeDriver::node_counters() const { return session_->node_counters(); }
void NativeDriver::set_request_hook(RequestHook hook, void* context) noexcept {
    session_->telemetry().set_request_hook(hook, context);
}

OpenedDriver make_native_driver(const Url& url, const ExecutorHandle& executor) {
    std::variant<NativeOptions, Error> parsed = NativeOptions::parse(url);
    if (Error* error = std::get_if<Error>(&parsed)) return std::move(*error);
    NativeOptions& options = *std::get_if<NativeOptions>(&parsed);
    std::shared_ptr<const TlsContext> tls;
    if (options.tls) {
        std::variant<std::shared_ptr<const TlsContext>, Error> made = TlsContext::create(*options.tls);
        if (Error* error = std::get_if<Error>(&made)) return std::move(*error);
        tls = std::move(*std::get_if<std::shared_ptr<const TlsContext>>(&made));
    }
    boost::asio::any_io_executor data;
    if (executor) data = *static_cast<const boost::asio::any_io_executor*>(executor.get());
    auto session = std::make_shared<Session>(options, std::move(tls), std::move(data));
    return std::make_shared<NativeDriver>(std::move(options), std::move(session));
}

}  // namespace coodie::native

bool coodie_link_native() {
    coodie::register_executor_scheme("cassandra", coodie::native::make_native_driver);
    coodie::register_executor_scheme("scylla", coodie::native::make_native_driver);
    return true;
}
