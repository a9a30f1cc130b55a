// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

struct x509_st;

namespace coodie::native {

// Parts of a certificate for messages. A certificate that failed verification is anybody's bytes: control
// characters are replaced, and long texts and lists are cut.

/// "CN = db1, O = Acme"; "no name" when it is empty.
[[nodiscard]] std::string subject_of(const x509_st& certificate);
[[nodiscard]] std::string issuer_of(const x509_st& certificate);
/// The names and addresses it is for: "db1.example, *.db.example, 10.0.0.1"; the common name when it has no
/// subject alternative names; "no name at all".
[[nodiscard]] std::string names_of(const x509_st& certificate);
/// "2026-11-21 14:00:00 UTC"; "an unreadable time".
[[nodiscard]] std::string valid_from(const x509_st& certificate);
[[nodiscard]] std::string valid_until(const x509_st& certificate);

}  // namespace coodie::native
