// SPDX-License-Identifier: Apache-2.0
#include "native/session/attempt_watch.hpp"

#include "native/cluster/endpoint.hpp"
#include "native/session/telemetry.hpp"

namespace coodie::native {

void AttemptWatch::begin(Host& host, std::string_view statement, std::size_t statements, bool prepare) {
    host_ = &host;
    report_.statement = statement;
    report_.statements = statements;
    report_.prepare = prepare;
    if (report_.attempt == 0) report_.attempt = ++numbers_.last_number_;
    begun_ = Clock::now();
}

void AttemptWatch::end(std::optional<ErrorKind> error, std::int32_t server_code) noexcept {
    if (host_ == nullptr) return;
    report_.duration = Clock::now() - begun_;
    report_.error = error;
    report_.server_code = server_code;
    host_->metrics().ended(report_.duration, error, server_code);
    node_ = to_string(host_->endpoint());
    host_ = nullptr;
    ended_ = true;
}

void AttemptWatch::tell(const Telemetry& telemetry) noexcept {
    if (!ended_) return;
    ended_ = false;
    report_.node = node_;
    telemetry.tell(report_);
    const bool number_goes_on = report_.prepare && !report_.error;
    if (!number_goes_on) report_.attempt = 0;
}

}  // namespace coodie::native
