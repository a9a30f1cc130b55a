// SPDX-License-Identifier: Apache-2.0
// expect: coodie: a C array is no CQL type
#include <coodie/model/document_base.hpp>

#include <string>
#include <vector>

struct Reading : coodie::DocumentBase<Reading> {
    std::int32_t id = 0;
#ifdef FIXED
    std::vector<float> values;
#else
    float values[3];
#endif
    std::string unit;

    static constexpr auto schema() { return coodie::table().partition_key<&Reading::id>(); }
};
static_assert(coodie::model<Reading>);
