// SPDX-License-Identifier: Apache-2.0
#include "embedded/storage/merge.hpp"

#include "embedded/storage/row_format.hpp"

#include <string_view>
#include <vector>

namespace coodie::embedded::storage {

namespace {

class RowMergeOperator final : public rocksdb::MergeOperator {
public:
    const char* Name() const override { return "coodie.row.1"; }

    bool FullMergeV2(const MergeOperationInput& in, MergeOperationOutput* out) const override {
        if (in.existing_value == nullptr && in.operand_list.size() == 1) {
            out->existing_operand = in.operand_list.front();
            return true;
        }
        std::vector<std::string_view> rows;
        rows.reserve(in.operand_list.size() + 1);
        if (in.existing_value != nullptr) rows.push_back(in.existing_value->ToStringView());
        for (const rocksdb::Slice& operand : in.operand_list) rows.push_back(operand.ToStringView());
        out->new_value.clear();  // a caller's buffer that is used again still holds the last row
        return merge_rows(rows, out->new_value);
    }

    bool PartialMergeMulti(const rocksdb::Slice&, const std::deque<rocksdb::Slice>& operands,
                           std::string* out, rocksdb::Logger*) const override {
        std::vector<std::string_view> rows;
        rows.reserve(operands.size());
        for (const rocksdb::Slice& operand : operands) rows.push_back(operand.ToStringView());
        out->clear();
        return merge_rows(rows, *out);
    }

    bool PartialMerge(const rocksdb::Slice&, const rocksdb::Slice& left, const rocksdb::Slice& right,
                      std::string* out, rocksdb::Logger*) const override {
        const std::string_view rows[] = {left.ToStringView(), right.ToStringView()};
        out->clear();
        return merge_rows(rows, *out);
    }
};

}  // namespace

std::shared_ptr<rocksdb::MergeOperator> make_row_merge_operator() {
    return std::make_shared<RowMergeOperator>();
}

}  // namespace coodie::embedded::storage
