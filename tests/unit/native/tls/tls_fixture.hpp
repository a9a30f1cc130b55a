// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/tls/tls_engine.hpp"
#include "unit/native/tls/test_authority.hpp"
#include "unit/native/tls/tls_server.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace coodie::native::testing {

inline BytesView bytes_of(std::string_view text) {
    return {reinterpret_cast<const std::byte*>(text.data()), text.size()};
}
inline std::string text_of(const Bytes& bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// A client engine against a server of OpenSSL's, in memory.
class TlsEngineTest : public ::testing::Test {
protected:
    TlsEngineTest() { options_.ca_file = folder_.write("ca.pem", authority_.certificate()); }

    std::unique_ptr<TlsEngine> engine(const std::string& host = "db.example") {
        auto context = TlsContext::create(options_);
        if (const Error* error = std::get_if<Error>(&context)) ADD_FAILURE() << error->message();
        auto made = TlsEngine::create(std::get<0>(context), {host, 9042});
        if (const Error* error = std::get_if<Error>(&made)) ADD_FAILURE() << error->message();
        return std::get<0>(std::move(made));
    }

    // Carries bytes to and fro, `piece` at a time, until nobody has more to say or the client fails.
    std::optional<Error> pump(TlsEngine& client, TlsServer& server, std::size_t piece = SIZE_MAX) {
        for (int round = 0; round < 20; ++round) {
            server.feed(out_);
            out_.clear();
            const Bytes answer = server.take();
            if (answer.empty()) return std::nullopt;
            for (std::size_t at = 0; at < answer.size();) {
                const std::size_t count = std::min(piece, answer.size() - at);
                if (auto error = client.feed(BytesView(answer).subspan(at, count), plain_, out_)) {
                    server.feed(out_);
                    return error;
                }
                at += count;
            }
        }
        return std::nullopt;
    }

    std::optional<Error> connect(TlsEngine& client, TlsServer& server, std::size_t piece = SIZE_MAX) {
        out_.clear();
        if (auto error = client.start(out_)) return error;
        return pump(client, server, piece);
    }

    // The message of a handshake that has to fail.
    std::string refusal(TlsEngine& client, TlsServer& server) {
        const std::optional<Error> error = connect(client, server);
        if (!error) return "no error";
        EXPECT_EQ(error->kind(), ErrorKind::connection);
        EXPECT_EQ(client.state(), TlsEngine::State::failed);
        EXPECT_EQ(server.received(), "") << "nothing is sent to a peer that is not verified";
        return error->message();
    }
    std::string refusal(const CertificateRequest& request, const std::string& host = "db.example") {
        TlsServer server(authority_.issue(request));
        const auto client = engine(host);
        return refusal(*client, server);
    }

    PemFolder folder_;
    TestAuthority authority_;
    TlsOptions options_;
    Bytes out_;
    Bytes plain_;
};

}  // namespace coodie::native::testing
