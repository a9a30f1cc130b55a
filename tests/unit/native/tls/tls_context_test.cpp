// SPDX-License-Identifier: Apache-2.0
#include "native/tls/tls_context.hpp"

#include "unit/native/tls/test_authority.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

namespace coodie::native {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::PemFolder;
using testing::TestAuthority;

// The message of the refusal; "" when there is none.
std::string refusal(const TlsOptions& options) {
    const auto made = TlsContext::create(options);
    const Error* error = std::get_if<Error>(&made);
    if (error == nullptr) return "";
    EXPECT_EQ(error->kind(), ErrorKind::configuration);
    return error->message();
}

TEST(TlsContext, ReadsItsFiles) {
    const PemFolder folder;
    const TestAuthority authority;
    const auto client = authority.issue({.common_name = "client"});
    const TlsOptions options{.ca_file = folder.write("ca.pem", authority.certificate()),
                             .certificate_file = folder.write("cert.pem", client.certificate.get()),
                             .key_file = folder.write("key.pem", client.key.get())};
    EXPECT_EQ(refusal(options), "");
    EXPECT_EQ(refusal({}), "") << "the system's CAs";
    EXPECT_EQ(refusal({.verify = TlsVerify::none}), "");
}

TEST(TlsContext, NamesAFileThatIsNotThere) {
    EXPECT_THAT(refusal({.ca_file = "/nowhere/ca.pem"}),
                AllOf(HasSubstr("\"ca\""), HasSubstr("/nowhere/ca.pem"), HasSubstr("No such file")));
    EXPECT_THAT(refusal({.certificate_file = "/nowhere/c.pem", .key_file = "/nowhere/k.pem"}),
                AllOf(HasSubstr("\"cert\""), HasSubstr("/nowhere/c.pem")));
}

TEST(TlsContext, NamesAFolderAndAnEmptyFile) {
    const PemFolder folder;
    EXPECT_THAT(refusal({.ca_file = folder.path("")}), HasSubstr("directory"));
    EXPECT_THAT(refusal({.ca_file = folder.write("empty.pem", std::string())}), HasSubstr("empty"));
}

TEST(TlsContext, RefusesWhatIsNoCertificate) {
    const PemFolder folder;
    const std::string junk = folder.write("junk.pem", std::string("user:topsecret\n"));
    EXPECT_THAT(refusal({.ca_file = junk}), AllOf(HasSubstr("PEM"), Not(HasSubstr("topsecret"))));
}

TEST(TlsContext, WantsCertificateAndKeyTogether) {
    const PemFolder folder;
    const auto client = TestAuthority().issue({});
    const std::string certificate = folder.write("cert.pem", client.certificate.get());
    const std::string key = folder.write("key.pem", client.key.get());
    EXPECT_THAT(refusal({.certificate_file = certificate, .verify = TlsVerify::none}),
                HasSubstr("go together"));
    EXPECT_THAT(refusal({.key_file = key, .verify = TlsVerify::none}), HasSubstr("go together"));
}

TEST(TlsContext, RefusesTheKeyOfAnotherCertificate) {
    const PemFolder folder;
    const TestAuthority authority;
    const auto one = authority.issue({});
    const auto other = authority.issue({});
    EXPECT_THAT(
        refusal({.certificate_file = folder.write("cert.pem", one.certificate.get()),
                 .key_file = folder.write("key.pem", other.key.get()),
                 .verify = TlsVerify::none}),
        AllOf(HasSubstr("key.pem"), HasSubstr("not the key of the certificate in"), HasSubstr("cert.pem")));
}

TEST(TlsContext, RefusesAnEncryptedKeyWithoutAsking) {
    const PemFolder folder;
    const auto client = TestAuthority().issue({});
    EXPECT_THAT(refusal({.certificate_file = folder.write("cert.pem", client.certificate.get()),
                         .key_file = folder.write("key.pem", client.key.get(), "topsecret"),
                         .verify = TlsVerify::none}),
                AllOf(HasSubstr("encrypted"), Not(HasSubstr("topsecret"))));
}

TEST(TlsContext, RefusesACertificateForAKey) {
    const PemFolder folder;
    const auto client = TestAuthority().issue({});
    const std::string certificate = folder.write("cert.pem", client.certificate.get());
    EXPECT_THAT(
        refusal({.certificate_file = certificate, .key_file = certificate, .verify = TlsVerify::none}),
        AllOf(HasSubstr("\"key\""), HasSubstr("no private key")));
}

}  // namespace
}  // namespace coodie::native
