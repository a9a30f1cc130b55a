#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes include/coodie/model/bindings.hpp: one structured binding per number of fields.

Usage: src/model/generate_bindings.py > include/coodie/model/bindings.hpp
"""
MAX_FIELDS = 128
MAX_BRACES = MAX_FIELDS + 3  # two empty bases, and one too many

HEAD = f"""// SPDX-License-Identifier: Apache-2.0
// Written by src/model/generate_bindings.py; do not edit.
// clang-format off
#pragma once

#include <coodie/model/refs.hpp>

#include <cstddef>

namespace coodie::reflect {{

inline constexpr std::size_t max_fields = {MAX_FIELDS};
inline constexpr std::size_t max_braces = {MAX_BRACES};

/// References to the N fields of an aggregate.
template <std::size_t N>
struct Binding;
/// Whether T can be made from N times {{}}, and then a U.
template <std::size_t N>
struct Braces;
"""


def name(i: int) -> str:
    return f"f{i}" if i < 100 else f"g{i - 100}"


def main() -> None:
    print(HEAD)
    for n in range(MAX_FIELDS + 1):
        names = ",".join(name(i) for i in range(n))
        bind = f"auto& [{names}] = t; return refs_of({names});" if n else "return refs_of();"
        print(f"template <> struct Binding<{n}> {{ template <class T> static constexpr auto of([[maybe_unused]] T& t) {{ {bind} }} }};")
    for n in range(MAX_BRACES + 1):
        braces = ",".join(["{}"] * n)
        more = braces + ("," if n else "")
        print(f"template <> struct Braces<{n}> {{ template <class T> static constexpr bool fit = requires {{ T{{{braces}}}; }}; "
              f"template <class T, class U> static constexpr bool fit_more = requires {{ T{{{more}U{{}}}}; }}; }};")
    print("\n}  // namespace coodie::reflect")


main()
