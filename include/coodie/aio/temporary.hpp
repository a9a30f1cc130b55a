// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace coodie::aio::detail {

/// Whether a document may be a temporary of a co_await expression. GCC before 13 destroys temporaries of
/// aggregate types there twice, so that `co_await Review{...}.save()` would free the document's strings
/// twice.
template <class Document>
#if defined(__GNUC__) && !defined(__clang__) && __GNUC__ < 13
inline constexpr bool takes_temporaries = false;
#else
inline constexpr bool takes_temporaries = true;
#endif

template <class Document>
constexpr void check_temporary() {
    static_assert(takes_temporaries<Document>,
                  "coodie: give the document a name first: GCC before 13 destroys a temporary document of a "
                  "co_await expression twice");
}

}  // namespace coodie::aio::detail
