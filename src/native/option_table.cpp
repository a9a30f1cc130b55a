// SPDX-License-Identifier: Apache-2.0
#include "native/option_table.hpp"

#include "native/option_values.hpp"
#include "native/policy/consistency.hpp"

#include <array>

namespace coodie::native {
namespace {

using Options = NativeOptions;
using Text = const std::string&;
using std::chrono::milliseconds;

template <auto Member, std::uint32_t Least, std::uint32_t Most>
bool set_number(Options& options, Text value) {
    const auto number = parse_number(value, Least, Most);
    if (!number) return false;
    auto& member = options.*Member;
    member = static_cast<std::remove_reference_t<decltype(member)>>(*number);
    return true;
}

// Up to 24 hours: longer is a slip of the unit.
template <auto Member, std::int64_t LeastMilliseconds>
bool set_duration(Options& options, Text value) {
    const auto duration = parse_duration(value);
    if (!duration || duration->count() < LeastMilliseconds || *duration > std::chrono::hours(24))
        return false;
    options.*Member = *duration;
    return true;
}

template <auto Member>
bool set_file(Options& options, Text value) {
    if (value.empty()) return false;
    if (!options.tls) options.tls.emplace();
    (*options.tls).*Member = value;
    return true;
}

bool set_tls(Options& options, Text value) {
    const auto on = parse_switch(value);
    if (!on) return false;
    if (*on && !options.tls) options.tls.emplace();
    return true;
}

bool set_verify(Options& options, Text value) {
    if (!options.tls) options.tls.emplace();
    if (value == "true")
        options.tls->verify = TlsVerify::full;
    else if (value == "chain")
        options.tls->verify = TlsVerify::chain;
    else if (value == "false")
        options.tls->verify = TlsVerify::none;
    else
        return false;
    return true;
}

bool set_compression(Options& options, Text value) {
    options.compression = value == "lz4" ? Compression::lz4 : Compression::none;
    return value == "lz4" || value == "none";
}

bool set_protocol(Options& options, Text value) {
    options.protocol_version.reset();
    if (value == "4") options.protocol_version = ProtocolVersion::v4;
    if (value == "5") options.protocol_version = ProtocolVersion::v5;
    return options.protocol_version || value == "auto";
}

bool set_local_dc(Options& options, Text value) {
    options.local_datacenter = value;
    return !value.empty();
}

template <bool Options::* Field>
bool set_switch(Options& options, Text value) {
    const auto on = parse_switch(value);
    options.*Field = on.value_or(false);
    return on.has_value();
}

bool set_consistency(Options& options, Text value) {
    const auto level = parse_consistency(value);
    if (!level || is_serial(*level)) return false;
    options.consistency = *level;
    return true;
}

bool set_serial_consistency(Options& options, Text value) {
    const auto level = parse_consistency(value);
    if (!level || !is_serial(*level)) return false;
    options.serial_consistency = *level;
    return true;
}

bool set_retry(Options& options, Text value) {
    options.retry = value == "never" ? RetryPolicy::never : RetryPolicy::standard;
    return value == "never" || value == "default";
}

constexpr std::string_view positive_duration = "a duration such as 500ms, 2s, 1m: 1ms to 24h";
constexpr std::string_view any_duration = "a duration such as 500ms, 2s, 1m: 0 to 24h";

constexpr std::array table{
    OptionRow{{"port", "a number from 1 to 65535", "9042",
               "the port of hosts that have none of their own in the URL, and of nodes whose system tables "
               "tell none"},
              set_number<&Options::port, 1, 65535>},
    OptionRow{{"tls", "true or false", "false",
               "encrypts every connection (TLS 1.2 or 1.3); on as soon as ca, cert, key or verify is there"},
              set_tls},
    OptionRow{{"ca", "a file name", "the system's CAs",
               "PEM file of the CAs that may have issued the servers' certificates"},
              set_file<&TlsOptions::ca_file>,
              true},
    OptionRow{{"cert", "a file name", "none",
               "PEM file of the client's certificate, its intermediates after it; goes with key"},
              set_file<&TlsOptions::certificate_file>,
              true},
    OptionRow{{"key", "a file name", "none",
               "PEM file of the client's private key, without a passphrase; goes with cert"},
              set_file<&TlsOptions::key_file>,
              true},
    OptionRow{{"verify", "true, chain or false", "true",
               "what is checked of a server's certificate: issuer, validity and the host's name or address "
               "(true), all "
               "but the name (chain), nothing (false: whoever sits between can read and change everything)"},
              set_verify,
              true},
    OptionRow{{"compression", "none or lz4", "none",
               "compresses requests and answers; pays off on slow networks only"},
              set_compression},
    OptionRow{{"protocol_version", "4, 5 or auto", "auto",
               "the version of the native protocol; auto: the highest that both sides know"},
              set_protocol},
    OptionRow{{"local_dc", "a datacenter's name", "the only one there is",
               "the datacenter whose nodes are asked; required when the cluster has several"},
              set_local_dc},
    OptionRow{{"allow_remote", "true or false", "false",
               "whether nodes of other datacenters are asked when no local one is left"},
              set_switch<&Options::remote_datacenters>},
    OptionRow{{"connections", "a number from 1 to 64", "1", "connections to each node"},
              set_number<&Options::connections, 1, 64>},
    OptionRow{{"in_flight", "a number from 1 to 32768", "16384",
               "requests that wait for answers on one connection; more get the error \"overloaded\" at once"},
              set_number<&Options::in_flight, 1, 32768>},
    OptionRow{
        {"throw_on_overload", "true or false", "false",
         "whether a node with too much to do answers \"overloaded\" (true) or stops reading until it has "
         "caught up (false)"},
        set_switch<&Options::throw_on_overload>},
    OptionRow{{"connect_timeout", positive_duration, "5s",
               "for reaching a node, TLS and the protocol's handshake together"},
              set_duration<&Options::connect_timeout, 1>},
    OptionRow{{"request_timeout", positive_duration, "12s",
               "for one request with all its retries; a statement may have its own"},
              set_duration<&Options::request_timeout, 1>},
    OptionRow{
        {"heartbeat", any_duration, "30s",
         "how long nothing may come from a node before it is asked whether it still works (and has 5 s to "
         "answer, or is connected to anew); 0: never"},
        set_duration<&Options::heartbeat_interval, 0>},
    OptionRow{{"connect_wait", any_duration, "0",
               "how long connecting goes on trying while no node answers: for programs that start before "
               "their cluster"},
              set_duration<&Options::connect_wait, 0>},
    OptionRow{{"consistency", "any, one, two, three, quorum, all, local_quorum, each_quorum or local_one",
               "local_one", "of statements that say nothing else"},
              set_consistency},
    OptionRow{{"serial_consistency", "serial or local_serial", "serial",
               "of conditional writes (IF) that say nothing else"},
              set_serial_consistency},
    OptionRow{{"page_size", "a number from 0 to 1000000", "5000",
               "rows per page of statements that say nothing else; 0: everything at once"},
              set_number<&Options::page_size, 0, 1'000'000>},
    OptionRow{{"retry", "default or never", "default",
               "whether failed attempts are repeated where that is safe (never twice a write that is not "
               "idempotent)"},
              set_retry},
    OptionRow{
        {"speculative_delay", positive_duration, "none",
         "when an idempotent request has no answer after this time, another node is asked, too; goes with "
         "speculative_count"},
        set_duration<&Options::speculative_delay, 1>},
    OptionRow{{"speculative_count", "a number from 0 to 10", "0",
               "how many other nodes are asked like that, one after each delay"},
              set_number<&Options::speculative_count, 0, 10>},
    OptionRow{{"client_timestamps", "true or false", "true",
               "whether a write that has no timestamp of its own gets one from this driver, the same however "
               "often it is sent (true), or from the server that executes it (false)"},
              set_switch<&Options::client_timestamps>},
    OptionRow{{"metrics", "true or false", "false",
               "whether attempts are timed and counted for each node (Driver::node_counters())"},
              set_switch<&Options::metrics>},
};

constexpr auto descriptions = [] {
    std::array<OptionDescription, table.size()> list{};
    for (std::size_t i = 0; i < table.size(); ++i) list[i] = table[i].description;
    return list;
}();

}  // namespace

std::span<const OptionRow> option_table() noexcept { return table; }
std::span<const OptionDescription> describe_options() noexcept { return descriptions; }

}  // namespace coodie::native
