// SPDX-License-Identifier: Apache-2.0
// expect: coodie: the type of this field of a user-defined type is no CQL type
#include <coodie/model/document_base.hpp>

#include <string>

struct Lock {
    int owner = 0;
};
struct Address {
    std::string street;
#ifndef FIXED
    Lock lock;
#endif
    static constexpr auto schema() { return coodie::user_type("address"); }
};
struct Person {
    std::int32_t id = 0;
    Address home;

    static constexpr auto schema() { return coodie::table().partition_key<&Person::id>(); }
};
static_assert(coodie::model<Person>);
