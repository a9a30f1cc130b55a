# SPDX-License-Identifier: Apache-2.0
# Flags shared by everything in this tree. Nothing here reaches a consumer of the installed package.
add_library(coodie_options INTERFACE)
target_compile_options(coodie_options INTERFACE
    -Wall -Wextra -Wconversion -Wshadow -Wno-missing-field-initializers
    # GCC 12 is wrong about these at -O3, on std::vector and std::string of the standard library itself.
    $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict -Wno-array-bounds -Wno-stringop-overflow -Wno-stringop-overread
        # ... and about Asio's coroutine frames, which it inlines half of.
        -Wno-mismatched-new-delete>
    # libstdc++ 12's own std::stable_sort uses what it deprecates; Clang says so of each use.
    $<$<CXX_COMPILER_ID:Clang>:-Wno-deprecated-declarations>
    $<$<BOOL:${COODIE_WERROR}>:-Werror>)
if(COODIE_SANITIZE)
    # GCC's manual: sanitizers make it see paths that are not there.
    target_compile_options(coodie_options INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
    target_compile_options(coodie_options INTERFACE -fsanitize=${COODIE_SANITIZE} -fno-sanitize-recover=all
                                                    -fno-omit-frame-pointer)
    target_link_options(coodie_options INTERFACE -fsanitize=${COODIE_SANITIZE})
endif()
if(CMAKE_UNITY_BUILD)
    # Several files in one compilation hide each other's names, and GCC takes their own names for those of a header.
    target_compile_options(coodie_options INTERFACE -Wno-shadow $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
endif()
if(COODIE_FUZZ)
    # Coverage of the library itself; the fuzzers add the driver function.
    target_compile_options(coodie_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(COODIE_COVERAGE)
    # Threads count, too: without atomic counters some came out negative, which gcovr does not read.
    target_compile_options(coodie_options INTERFACE --coverage -fprofile-update=atomic)
    target_link_options(coodie_options INTERFACE --coverage)
endif()
