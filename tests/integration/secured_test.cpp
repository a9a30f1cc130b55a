// SPDX-License-Identifier: Apache-2.0
// A node that wants passwords and client certificates: what gets in, and what is said to who does not.
#include "cluster.hpp"
#include "environment.hpp"

#include <coodie/driver/driver.hpp>
#include <coodie/driver/scheme.hpp>

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace {

using namespace integration;

constexpr const char* user = "cassandra";
constexpr const char* wrong_password = "not-the-pass%20word";  // as it is written in a URL
constexpr const char* wrong_password_itself = "not-the-pass word";

/// How a client introduces itself. What a test does not say is right.
struct Client {
    std::string password = "cassandra";
    std::string authority = "ca.pem";
    std::string certificate = "client";  ///< of client.crt and client.key; "" sends none
    std::string verify = "true";
};

class Secured : public testing::Test {
protected:
    static void SetUpTestSuite() {
        if (environment("COODIE_CASSANDRA").empty()) return;
        node_ = std::make_unique<Cluster>(1, std::vector<std::string>{"--auth", "--mutual-tls"});
    }
    static void TearDownTestSuite() { node_.reset(); }
    void SetUp() override {
        if (!node_)
            GTEST_SKIP() << "runs --without-cassandra, or on COODIE_TEST_HOSTS, which has other certificates";
    }

    static coodie::Outcome ask(const Client& client) {
        std::string url = "cassandra://" + std::string(user) + ":" + client.password + "@" + node_->hosts() +
                          "/?connect_timeout=10s&ca=" + node_->certificate(client.authority) +
                          "&verify=" + client.verify;
        if (!client.certificate.empty())
            url += "&cert=" + node_->certificate(client.certificate + ".crt") +
                   "&key=" + node_->certificate(client.certificate + ".key");
        coodie::OpenedDriver opened = coodie::open_driver(url);
        if (auto* error = std::get_if<coodie::Error>(&opened)) return std::move(*error);
        coodie::Driver& driver = *std::get<std::shared_ptr<coodie::Driver>>(opened);
        expect_no_password(driver.name());
        return driver.execute(coodie::Statement(
            coodie::StatementText("SELECT cluster_name FROM system.local", coodie::StatementKind::select)));
    }
    static void expect_welcome(const Client& client) {
        const coodie::Outcome outcome = ask(client);
        const auto* result = std::get_if<coodie::Result>(&outcome);
        ASSERT_NE(result, nullptr) << std::get<coodie::Error>(outcome).message();
        EXPECT_EQ(result->row_count(), 1U);
    }
    /// Refused with an error that names host and port, and says `advice`.
    static void expect_refused(const Client& client, coodie::ErrorKind kind, const std::string& advice) {
        const coodie::Outcome outcome = ask(client);
        const auto* error = std::get_if<coodie::Error>(&outcome);
        ASSERT_NE(error, nullptr) << "was let in";
        EXPECT_EQ(error->kind(), kind) << error->message();
        for (const std::string& part : {node_->hosts(), advice})
            EXPECT_NE(error->message().find(part), std::string::npos)
                << "no \"" << part << "\" in: " << error->message();
        expect_no_password(error->message());
        RecordProperty("message", error->message());
    }
    static void expect_no_password(const std::string& text) {
        for (const char* secret : {wrong_password, wrong_password_itself, ":cassandra@"})
            EXPECT_EQ(text.find(secret), std::string::npos) << text;
    }

    static void restart_with(const std::string& certificate) {
        node_->kill(1);  // quicker than to let it end
        node_->restart(1, {"--certificate", certificate});
    }

private:
    static inline std::unique_ptr<Cluster> node_;
};

using coodie::ErrorKind;

TEST_F(Secured, PasswordAndCertificateThatAreRight) { expect_welcome({}); }

TEST_F(Secured, AWrongPassword) { expect_refused({.password = wrong_password}, ErrorKind::server, "check"); }

TEST_F(Secured, NoClientCertificate) {
    expect_refused({.certificate = ""}, ErrorKind::connection, "certificate");
}

TEST_F(Secured, AClientCertificateThatIsExpired) {
    expect_refused({.certificate = "expired-client"}, ErrorKind::connection, "certificate");
}

TEST_F(Secured, AClientCertificateOfAnotherAuthority) {
    expect_refused({.certificate = "other-client"}, ErrorKind::connection, "certificate");
}

TEST_F(Secured, AnAuthorityThatDidNotSignTheNodes) {
    expect_refused({.authority = "other-ca.pem"}, ErrorKind::connection, "ca");
}

// The last two each restart the node.
TEST_F(Secured, ANodeWithACertificateForAnotherName) {
    restart_with("wrong-name");
    expect_refused({}, ErrorKind::connection, "wrong.example");
    expect_welcome({.verify = "chain"});
}

TEST_F(Secured, ANodeWhoseCertificateIsExpired) {
    restart_with("expired");
    expect_refused({}, ErrorKind::connection, "expired");
    expect_refused({.verify = "chain"}, ErrorKind::connection, "expired");
}

}  // namespace
