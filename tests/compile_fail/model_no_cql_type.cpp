// SPDX-License-Identifier: Apache-2.0
// expect: coodie: the type of this field is no CQL type
#include <coodie/model/document_base.hpp>

#include <string>

struct Lock {
    int owner = 0;
};
struct Job : coodie::DocumentBase<Job> {
    std::int32_t id = 0;
    Lock lock;
    std::string title;

    static constexpr auto schema() {
        return coodie::table()
#ifdef FIXED
            .ignore<&Job::lock>()
#endif
            .partition_key<&Job::id>();
    }
};
static_assert(coodie::model<Job>);
