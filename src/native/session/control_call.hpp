// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/io/pending.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <memory>
#include <optional>
#include <utility>

namespace coodie::native {

/// A request of the control connection's coroutine, which sleeps on `timer` until the answer wakes it. All on
/// the control thread.
struct ControlCall final : Pending {
    explicit ControlCall(boost::asio::io_context& context) : timer(context) {}
    void answered(Envelope&& answer) noexcept override {
        envelope = std::move(answer);
        done = true;
        timer.cancel();
    }
    void lost(const Error& why) noexcept override {
        error = why;
        done = true;
        timer.cancel();
    }

    boost::asio::steady_timer timer;
    std::optional<Envelope> envelope;
    std::optional<Error> error;
    bool done = false;
};

}  // namespace coodie::native
