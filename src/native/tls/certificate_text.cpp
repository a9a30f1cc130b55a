// SPDX-License-Identifier: Apache-2.0
#include "native/tls/certificate_text.hpp"

#include <coodie/types/bytes.hpp>
#include <coodie/types/inet.hpp>

#include <openssl/bio.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <memory>
#include <string_view>

namespace coodie::native {
namespace {

struct BioDeleter {
    void operator()(BIO* bio) const noexcept { BIO_free(bio); }
};
struct NamesDeleter {
    void operator()(GENERAL_NAMES* names) const noexcept { GENERAL_NAMES_free(names); }
};

std::string printable(std::string_view text) {
    constexpr std::size_t longest = 100;
    std::string out(text.substr(0, longest));
    std::replace_if(
        out.begin(), out.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; },
        '?');
    if (text.size() > longest) out += "...";
    return out;
}

std::string text_of(const X509_NAME* name) {
    const std::unique_ptr<BIO, BioDeleter> memory(BIO_new(BIO_s_mem()));
    if (memory == nullptr || name == nullptr) return "no name";
    if (X509_NAME_print_ex(memory.get(), name, 0, XN_FLAG_ONELINE & ~ASN1_STRFLGS_ESC_MSB) < 0)
        return "no name";
    char* text = nullptr;
    const long size = BIO_get_mem_data(memory.get(), &text);
    return size <= 0 ? "no name" : printable({text, static_cast<std::size_t>(size)});
}

std::string text_of(const ASN1_STRING* string) {
    const unsigned char* data = ASN1_STRING_get0_data(string);
    const int size = ASN1_STRING_length(string);
    return printable({reinterpret_cast<const char*>(data), static_cast<std::size_t>(std::max(size, 0))});
}

std::string address_of(const ASN1_OCTET_STRING* address) {
    const auto size = static_cast<std::size_t>(std::max(ASN1_STRING_length(address), 0));
    const auto parsed =
        inet::from_bytes(BytesView(reinterpret_cast<const std::byte*>(ASN1_STRING_get0_data(address)), size));
    return parsed ? parsed->to_string() : "an unreadable address";
}

std::string common_name(const X509& certificate) {
    const X509_NAME* subject = X509_get_subject_name(&certificate);
    const int at = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
    if (at < 0) return "no name at all";
    return text_of(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at)));
}

std::string text_of_time(const ASN1_TIME* time) {
    std::tm parts{};
    if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1) return "an unreadable time";
    char text[64];
    if (std::strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S UTC", &parts) == 0) return "an unreadable time";
    return text;
}

}  // namespace

std::string subject_of(const X509& certificate) { return text_of(X509_get_subject_name(&certificate)); }
std::string issuer_of(const X509& certificate) { return text_of(X509_get_issuer_name(&certificate)); }
std::string valid_from(const X509& certificate) { return text_of_time(X509_get0_notBefore(&certificate)); }
std::string valid_until(const X509& certificate) { return text_of_time(X509_get0_notAfter(&certificate)); }

std::string names_of(const X509& certificate) {
    constexpr int most = 8;
    const std::unique_ptr<GENERAL_NAMES, NamesDeleter> names(
        static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(&certificate, NID_subject_alt_name, nullptr, nullptr)));
    std::string list;
    const auto add = [&list](const std::string& name) { list.append(list.empty() ? "" : ", ").append(name); };
    const int count = names == nullptr ? 0 : sk_GENERAL_NAME_num(names.get());
    int added = 0;
    for (int i = 0; i < count && added <= most; ++i) {
        const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), i);
        if (name->type != GEN_DNS && name->type != GEN_IPADD) continue;
        if (added++ == most)
            add("...");
        else
            add(name->type == GEN_DNS ? text_of(name->d.dNSName) : address_of(name->d.iPAddress));
    }
    return list.empty() ? common_name(certificate) : list;
}

}  // namespace coodie::native
