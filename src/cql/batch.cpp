// SPDX-License-Identifier: Apache-2.0
#include <coodie/cql/batch.hpp>

#include <utility>

namespace coodie::cql {

Batch& Batch::add(const Query& query) {
    batch_.add(query.statement());
    for (std::string& value : query.readable_values()) readable_.push_back(std::move(value));
    return *this;
}

Batch& Batch::timestamp(WriteTime time) {
    batch_.set_timestamp(time.time_since_epoch().count());
    return *this;
}

std::string Batch::cql() const {
    std::string out = "BEGIN ";
    if (batch_.type() == BatchType::unlogged) out += "UNLOGGED ";
    if (batch_.type() == BatchType::counter) out += "COUNTER ";
    out += "BATCH";
    if (batch_.timestamp()) out += " USING TIMESTAMP ?";
    for (const Statement& statement : batch_.statements()) out += ' ' + statement.text().cql() + ';';
    return out + " APPLY BATCH";
}

std::vector<std::string> Batch::readable_values() const {
    std::vector<std::string> values;
    if (batch_.timestamp()) values.push_back(std::to_string(*batch_.timestamp()));
    values.insert(values.end(), readable_.begin(), readable_.end());
    return values;
}

Batch batch(BatchType type) { return Batch(type); }

}  // namespace coodie::cql
