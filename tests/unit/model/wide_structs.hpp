// SPDX-License-Identifier: Apache-2.0
// clang-format off
#pragma once

#include <coodie/model/document_base.hpp>

#include <tuple>

namespace wide {

struct Fields64 {
    int f0 = 0, f1 = 0, f2 = 0, f3 = 0, f4 = 0, f5 = 0, f6 = 0, f7 = 0, f8 = 0, f9 = 0;
    int f10 = 0, f11 = 0, f12 = 0, f13 = 0, f14 = 0, f15 = 0, f16 = 0, f17 = 0, f18 = 0, f19 = 0;
    int f20 = 0, f21 = 0, f22 = 0, f23 = 0, f24 = 0, f25 = 0, f26 = 0, f27 = 0, f28 = 0, f29 = 0;
    int f30 = 0, f31 = 0, f32 = 0, f33 = 0, f34 = 0, f35 = 0, f36 = 0, f37 = 0, f38 = 0, f39 = 0;
    int f40 = 0, f41 = 0, f42 = 0, f43 = 0, f44 = 0, f45 = 0, f46 = 0, f47 = 0, f48 = 0, f49 = 0;
    int f50 = 0, f51 = 0, f52 = 0, f53 = 0, f54 = 0, f55 = 0, f56 = 0, f57 = 0, f58 = 0, f59 = 0;
    int f60 = 0, f61 = 0, f62 = 0, f63 = 0;
};
struct Fields127 {
    int f0 = 0, f1 = 0, f2 = 0, f3 = 0, f4 = 0, f5 = 0, f6 = 0, f7 = 0, f8 = 0, f9 = 0;
    int f10 = 0, f11 = 0, f12 = 0, f13 = 0, f14 = 0, f15 = 0, f16 = 0, f17 = 0, f18 = 0, f19 = 0;
    int f20 = 0, f21 = 0, f22 = 0, f23 = 0, f24 = 0, f25 = 0, f26 = 0, f27 = 0, f28 = 0, f29 = 0;
    int f30 = 0, f31 = 0, f32 = 0, f33 = 0, f34 = 0, f35 = 0, f36 = 0, f37 = 0, f38 = 0, f39 = 0;
    int f40 = 0, f41 = 0, f42 = 0, f43 = 0, f44 = 0, f45 = 0, f46 = 0, f47 = 0, f48 = 0, f49 = 0;
    int f50 = 0, f51 = 0, f52 = 0, f53 = 0, f54 = 0, f55 = 0, f56 = 0, f57 = 0, f58 = 0, f59 = 0;
    int f60 = 0, f61 = 0, f62 = 0, f63 = 0, f64 = 0, f65 = 0, f66 = 0, f67 = 0, f68 = 0, f69 = 0;
    int f70 = 0, f71 = 0, f72 = 0, f73 = 0, f74 = 0, f75 = 0, f76 = 0, f77 = 0, f78 = 0, f79 = 0;
    int f80 = 0, f81 = 0, f82 = 0, f83 = 0, f84 = 0, f85 = 0, f86 = 0, f87 = 0, f88 = 0, f89 = 0;
    int f90 = 0, f91 = 0, f92 = 0, f93 = 0, f94 = 0, f95 = 0, f96 = 0, f97 = 0, f98 = 0, f99 = 0;
    int f100 = 0, f101 = 0, f102 = 0, f103 = 0, f104 = 0, f105 = 0, f106 = 0, f107 = 0, f108 = 0, f109 = 0;
    int f110 = 0, f111 = 0, f112 = 0, f113 = 0, f114 = 0, f115 = 0, f116 = 0, f117 = 0, f118 = 0, f119 = 0;
    int f120 = 0, f121 = 0, f122 = 0, f123 = 0, f124 = 0, f125 = 0, f126 = 0;
};
struct Fields128 {
    int f0 = 0, f1 = 0, f2 = 0, f3 = 0, f4 = 0, f5 = 0, f6 = 0, f7 = 0, f8 = 0, f9 = 0;
    int f10 = 0, f11 = 0, f12 = 0, f13 = 0, f14 = 0, f15 = 0, f16 = 0, f17 = 0, f18 = 0, f19 = 0;
    int f20 = 0, f21 = 0, f22 = 0, f23 = 0, f24 = 0, f25 = 0, f26 = 0, f27 = 0, f28 = 0, f29 = 0;
    int f30 = 0, f31 = 0, f32 = 0, f33 = 0, f34 = 0, f35 = 0, f36 = 0, f37 = 0, f38 = 0, f39 = 0;
    int f40 = 0, f41 = 0, f42 = 0, f43 = 0, f44 = 0, f45 = 0, f46 = 0, f47 = 0, f48 = 0, f49 = 0;
    int f50 = 0, f51 = 0, f52 = 0, f53 = 0, f54 = 0, f55 = 0, f56 = 0, f57 = 0, f58 = 0, f59 = 0;
    int f60 = 0, f61 = 0, f62 = 0, f63 = 0, f64 = 0, f65 = 0, f66 = 0, f67 = 0, f68 = 0, f69 = 0;
    int f70 = 0, f71 = 0, f72 = 0, f73 = 0, f74 = 0, f75 = 0, f76 = 0, f77 = 0, f78 = 0, f79 = 0;
    int f80 = 0, f81 = 0, f82 = 0, f83 = 0, f84 = 0, f85 = 0, f86 = 0, f87 = 0, f88 = 0, f89 = 0;
    int f90 = 0, f91 = 0, f92 = 0, f93 = 0, f94 = 0, f95 = 0, f96 = 0, f97 = 0, f98 = 0, f99 = 0;
    int f100 = 0, f101 = 0, f102 = 0, f103 = 0, f104 = 0, f105 = 0, f106 = 0, f107 = 0, f108 = 0, f109 = 0;
    int f110 = 0, f111 = 0, f112 = 0, f113 = 0, f114 = 0, f115 = 0, f116 = 0, f117 = 0, f118 = 0, f119 = 0;
    int f120 = 0, f121 = 0, f122 = 0, f123 = 0, f124 = 0, f125 = 0, f126 = 0, f127 = 0;
};
struct Fields129 {
    int f0 = 0, f1 = 0, f2 = 0, f3 = 0, f4 = 0, f5 = 0, f6 = 0, f7 = 0, f8 = 0, f9 = 0;
    int f10 = 0, f11 = 0, f12 = 0, f13 = 0, f14 = 0, f15 = 0, f16 = 0, f17 = 0, f18 = 0, f19 = 0;
    int f20 = 0, f21 = 0, f22 = 0, f23 = 0, f24 = 0, f25 = 0, f26 = 0, f27 = 0, f28 = 0, f29 = 0;
    int f30 = 0, f31 = 0, f32 = 0, f33 = 0, f34 = 0, f35 = 0, f36 = 0, f37 = 0, f38 = 0, f39 = 0;
    int f40 = 0, f41 = 0, f42 = 0, f43 = 0, f44 = 0, f45 = 0, f46 = 0, f47 = 0, f48 = 0, f49 = 0;
    int f50 = 0, f51 = 0, f52 = 0, f53 = 0, f54 = 0, f55 = 0, f56 = 0, f57 = 0, f58 = 0, f59 = 0;
    int f60 = 0, f61 = 0, f62 = 0, f63 = 0, f64 = 0, f65 = 0, f66 = 0, f67 = 0, f68 = 0, f69 = 0;
    int f70 = 0, f71 = 0, f72 = 0, f73 = 0, f74 = 0, f75 = 0, f76 = 0, f77 = 0, f78 = 0, f79 = 0;
    int f80 = 0, f81 = 0, f82 = 0, f83 = 0, f84 = 0, f85 = 0, f86 = 0, f87 = 0, f88 = 0, f89 = 0;
    int f90 = 0, f91 = 0, f92 = 0, f93 = 0, f94 = 0, f95 = 0, f96 = 0, f97 = 0, f98 = 0, f99 = 0;
    int f100 = 0, f101 = 0, f102 = 0, f103 = 0, f104 = 0, f105 = 0, f106 = 0, f107 = 0, f108 = 0, f109 = 0;
    int f110 = 0, f111 = 0, f112 = 0, f113 = 0, f114 = 0, f115 = 0, f116 = 0, f117 = 0, f118 = 0, f119 = 0;
    int f120 = 0, f121 = 0, f122 = 0, f123 = 0, f124 = 0, f125 = 0, f126 = 0, f127 = 0, f128 = 0;
};
struct Document128 : coodie::DocumentBase<Document128> {
    int f0 = 0, f1 = 0, f2 = 0, f3 = 0, f4 = 0, f5 = 0, f6 = 0, f7 = 0, f8 = 0, f9 = 0;
    int f10 = 0, f11 = 0, f12 = 0, f13 = 0, f14 = 0, f15 = 0, f16 = 0, f17 = 0, f18 = 0, f19 = 0;
    int f20 = 0, f21 = 0, f22 = 0, f23 = 0, f24 = 0, f25 = 0, f26 = 0, f27 = 0, f28 = 0, f29 = 0;
    int f30 = 0, f31 = 0, f32 = 0, f33 = 0, f34 = 0, f35 = 0, f36 = 0, f37 = 0, f38 = 0, f39 = 0;
    int f40 = 0, f41 = 0, f42 = 0, f43 = 0, f44 = 0, f45 = 0, f46 = 0, f47 = 0, f48 = 0, f49 = 0;
    int f50 = 0, f51 = 0, f52 = 0, f53 = 0, f54 = 0, f55 = 0, f56 = 0, f57 = 0, f58 = 0, f59 = 0;
    int f60 = 0, f61 = 0, f62 = 0, f63 = 0, f64 = 0, f65 = 0, f66 = 0, f67 = 0, f68 = 0, f69 = 0;
    int f70 = 0, f71 = 0, f72 = 0, f73 = 0, f74 = 0, f75 = 0, f76 = 0, f77 = 0, f78 = 0, f79 = 0;
    int f80 = 0, f81 = 0, f82 = 0, f83 = 0, f84 = 0, f85 = 0, f86 = 0, f87 = 0, f88 = 0, f89 = 0;
    int f90 = 0, f91 = 0, f92 = 0, f93 = 0, f94 = 0, f95 = 0, f96 = 0, f97 = 0, f98 = 0, f99 = 0;
    int f100 = 0, f101 = 0, f102 = 0, f103 = 0, f104 = 0, f105 = 0, f106 = 0, f107 = 0, f108 = 0, f109 = 0;
    int f110 = 0, f111 = 0, f112 = 0, f113 = 0, f114 = 0, f115 = 0, f116 = 0, f117 = 0, f118 = 0, f119 = 0;
    int f120 = 0, f121 = 0, f122 = 0, f123 = 0, f124 = 0, f125 = 0, f126 = 0, f127 = 0;
};
struct Listed130 : coodie::DocumentBase<Listed130> {
    int f0 = 0, f1 = 0, f2 = 0, f3 = 0, f4 = 0, f5 = 0, f6 = 0, f7 = 0, f8 = 0, f9 = 0;
    int f10 = 0, f11 = 0, f12 = 0, f13 = 0, f14 = 0, f15 = 0, f16 = 0, f17 = 0, f18 = 0, f19 = 0;
    int f20 = 0, f21 = 0, f22 = 0, f23 = 0, f24 = 0, f25 = 0, f26 = 0, f27 = 0, f28 = 0, f29 = 0;
    int f30 = 0, f31 = 0, f32 = 0, f33 = 0, f34 = 0, f35 = 0, f36 = 0, f37 = 0, f38 = 0, f39 = 0;
    int f40 = 0, f41 = 0, f42 = 0, f43 = 0, f44 = 0, f45 = 0, f46 = 0, f47 = 0, f48 = 0, f49 = 0;
    int f50 = 0, f51 = 0, f52 = 0, f53 = 0, f54 = 0, f55 = 0, f56 = 0, f57 = 0, f58 = 0, f59 = 0;
    int f60 = 0, f61 = 0, f62 = 0, f63 = 0, f64 = 0, f65 = 0, f66 = 0, f67 = 0, f68 = 0, f69 = 0;
    int f70 = 0, f71 = 0, f72 = 0, f73 = 0, f74 = 0, f75 = 0, f76 = 0, f77 = 0, f78 = 0, f79 = 0;
    int f80 = 0, f81 = 0, f82 = 0, f83 = 0, f84 = 0, f85 = 0, f86 = 0, f87 = 0, f88 = 0, f89 = 0;
    int f90 = 0, f91 = 0, f92 = 0, f93 = 0, f94 = 0, f95 = 0, f96 = 0, f97 = 0, f98 = 0, f99 = 0;
    int f100 = 0, f101 = 0, f102 = 0, f103 = 0, f104 = 0, f105 = 0, f106 = 0, f107 = 0, f108 = 0, f109 = 0;
    int f110 = 0, f111 = 0, f112 = 0, f113 = 0, f114 = 0, f115 = 0, f116 = 0, f117 = 0, f118 = 0, f119 = 0;
    int f120 = 0, f121 = 0, f122 = 0, f123 = 0, f124 = 0, f125 = 0, f126 = 0, f127 = 0, f128 = 0, f129 = 0;
    static constexpr auto coodie_fields() {
        return std::tuple{
            &Listed130::f0, &Listed130::f1, &Listed130::f2, &Listed130::f3, &Listed130::f4, &Listed130::f5,
            &Listed130::f6, &Listed130::f7, &Listed130::f8, &Listed130::f9, &Listed130::f10, &Listed130::f11,
            &Listed130::f12, &Listed130::f13, &Listed130::f14, &Listed130::f15, &Listed130::f16, &Listed130::f17,
            &Listed130::f18, &Listed130::f19, &Listed130::f20, &Listed130::f21, &Listed130::f22, &Listed130::f23,
            &Listed130::f24, &Listed130::f25, &Listed130::f26, &Listed130::f27, &Listed130::f28, &Listed130::f29,
            &Listed130::f30, &Listed130::f31, &Listed130::f32, &Listed130::f33, &Listed130::f34, &Listed130::f35,
            &Listed130::f36, &Listed130::f37, &Listed130::f38, &Listed130::f39, &Listed130::f40, &Listed130::f41,
            &Listed130::f42, &Listed130::f43, &Listed130::f44, &Listed130::f45, &Listed130::f46, &Listed130::f47,
            &Listed130::f48, &Listed130::f49, &Listed130::f50, &Listed130::f51, &Listed130::f52, &Listed130::f53,
            &Listed130::f54, &Listed130::f55, &Listed130::f56, &Listed130::f57, &Listed130::f58, &Listed130::f59,
            &Listed130::f60, &Listed130::f61, &Listed130::f62, &Listed130::f63, &Listed130::f64, &Listed130::f65,
            &Listed130::f66, &Listed130::f67, &Listed130::f68, &Listed130::f69, &Listed130::f70, &Listed130::f71,
            &Listed130::f72, &Listed130::f73, &Listed130::f74, &Listed130::f75, &Listed130::f76, &Listed130::f77,
            &Listed130::f78, &Listed130::f79, &Listed130::f80, &Listed130::f81, &Listed130::f82, &Listed130::f83,
            &Listed130::f84, &Listed130::f85, &Listed130::f86, &Listed130::f87, &Listed130::f88, &Listed130::f89,
            &Listed130::f90, &Listed130::f91, &Listed130::f92, &Listed130::f93, &Listed130::f94, &Listed130::f95,
            &Listed130::f96, &Listed130::f97, &Listed130::f98, &Listed130::f99, &Listed130::f100, &Listed130::f101,
            &Listed130::f102, &Listed130::f103, &Listed130::f104, &Listed130::f105, &Listed130::f106, &Listed130::f107,
            &Listed130::f108, &Listed130::f109, &Listed130::f110, &Listed130::f111, &Listed130::f112, &Listed130::f113,
            &Listed130::f114, &Listed130::f115, &Listed130::f116, &Listed130::f117, &Listed130::f118, &Listed130::f119,
            &Listed130::f120, &Listed130::f121, &Listed130::f122, &Listed130::f123, &Listed130::f124, &Listed130::f125, &Listed130::f126, &Listed130::f127, &Listed130::f128, &Listed130::f129};
    }
};

}  // namespace wide
