// SPDX-License-Identifier: Apache-2.0
#include <coodie/query/batch_result.hpp>
#include <coodie/query/insert_many_result.hpp>
#include <coodie/types/error.hpp>

#include <string>
#include <utility>

namespace coodie {

void BatchResult::or_throw() const {
    if (!applied_)
        throw NotApplied(
            "the batch was not applied: the condition of one of its writes did not hold, so none of them "
            "was written");
}

void InsertManyResult::or_throw() const {
    if (failures_.empty()) return;
    const Failure& first = failures_.front();
    std::string text = "insert_many: " + std::to_string(failures_.size()) + " of " +
                       std::to_string(failures_.size() + written_) +
                       " documents failed, the first at index " + std::to_string(first.index) + ": " +
                       first.error.message();
    raise(first.error.kind() == ErrorKind::server ? Error(first.error.code(), std::move(text))
                                                  : Error(first.error.kind(), std::move(text)));
}

}  // namespace coodie
