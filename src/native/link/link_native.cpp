// SPDX-License-Identifier: Apache-2.0
// Compiled into every program that links coodie::native: makes `cassandra:` and `scylla:` URLs known.
bool coodie_link_native();

namespace {
[[maybe_unused]] const bool coodie_native_linked = coodie_link_native();
}  // namespace
