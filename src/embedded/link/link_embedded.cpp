// SPDX-License-Identifier: Apache-2.0
// Compiled into every program that links coodie::embedded: makes `embedded:` and `memory:` URLs known.
bool coodie_link_embedded();

namespace {
[[maybe_unused]] const bool coodie_embedded_linked = coodie_link_embedded();
}  // namespace
