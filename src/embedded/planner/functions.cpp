// SPDX-License-Identifier: Apache-2.0
#include "embedded/planner/functions.hpp"

#include "embedded/catalog/refuse.hpp"

#include <coodie/codec/dynamic.hpp>
#include <coodie/codec/token.hpp>
#include <coodie/codec/wire.hpp>
#include <coodie/types/timestamp.hpp>
#include <coodie/types/timeuuid.hpp>
#include <coodie/types/uuid.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <deque>
#include <map>
#include <mutex>

namespace coodie::embedded {
namespace {

using Arguments = std::span<const Value>;

constexpr std::int64_t ms_per_day = 86'400'000;

void append_uuid(const uuid& id, Bytes& out) {
    wire::append(out, static_cast<std::int64_t>(id.most()));
    wire::append(out, static_cast<std::int64_t>(id.least()));
}

std::int64_t now_ms() { return now().time_since_epoch().count(); }

std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

void append_date(std::int64_t ms, Bytes& out) {
    const std::int64_t day = floor_div(ms, ms_per_day) + (std::int64_t{1} << 31);
    wire::append(out, static_cast<std::int32_t>(static_cast<std::uint32_t>(day)));
}

/// Milliseconds since 1970 of a timestamp, date or timeuuid; nullopt for a value of another length.
std::optional<std::int64_t> to_ms(const Function& self, const Value& value) {
    const BytesView bytes = value.content;
    switch (self.arguments[0].id()) {
        case TypeId::timestamp:
            if (bytes.size() != 8) return std::nullopt;
            return wire::load<std::int64_t>(bytes.data());
        case TypeId::date:
            if (bytes.size() != 4) return std::nullopt;
            return (std::int64_t{wire::load<std::uint32_t>(bytes.data())} - (std::int64_t{1} << 31)) *
                   ms_per_day;
        default: {
            if (bytes.size() != 16) return std::nullopt;
            const uuid id(static_cast<std::uint64_t>(wire::load<std::int64_t>(bytes.data())),
                          static_cast<std::uint64_t>(wire::load<std::int64_t>(bytes.data() + 8)));
            if (id.version() != 1) return std::nullopt;
            return timeuuid(id).time().time_since_epoch().count();
        }
    }
}

bool call_now(const Function&, Arguments, Bytes& out) {
    append_uuid(timeuuid::now().id(), out);
    return true;
}
bool call_uuid(const Function&, Arguments, Bytes& out) {
    append_uuid(uuid::random(), out);
    return true;
}
bool call_current_timestamp(const Function&, Arguments, Bytes& out) {
    wire::append(out, now_ms());
    return true;
}
bool call_current_date(const Function&, Arguments, Bytes& out) {
    append_date(now_ms(), out);
    return true;
}
bool call_current_time(const Function&, Arguments, Bytes& out) {
    const auto ns = std::chrono::duration_cast<std::chrono::nanoseconds>(
                        std::chrono::system_clock::now().time_since_epoch())
                        .count();
    wire::append(out, std::int64_t{ns % (ms_per_day * 1'000'000)});
    return true;
}
bool call_min_timeuuid(const Function& self, Arguments arguments, Bytes& out) {
    const auto ms = to_ms(self, arguments[0]);
    if (ms) append_uuid(min_timeuuid(timestamp(std::chrono::milliseconds(*ms))).id(), out);
    return ms.has_value();
}
bool call_max_timeuuid(const Function& self, Arguments arguments, Bytes& out) {
    const auto ms = to_ms(self, arguments[0]);
    if (ms) append_uuid(max_timeuuid(timestamp(std::chrono::milliseconds(*ms))).id(), out);
    return ms.has_value();
}
bool call_to_timestamp(const Function& self, Arguments arguments, Bytes& out) {
    const auto ms = to_ms(self, arguments[0]);
    if (ms) wire::append(out, *ms);
    return ms.has_value();
}
bool call_to_date(const Function& self, Arguments arguments, Bytes& out) {
    const auto ms = to_ms(self, arguments[0]);
    if (ms) append_date(*ms, out);
    return ms.has_value();
}
bool call_as_blob(const Function&, Arguments arguments, Bytes& out) {
    wire::append(out, arguments[0].content);
    return true;
}
bool call_from_blob(const Function& self, Arguments arguments, Bytes& out) {
    if (check_value(self.result, arguments[0].content))
        refuse_invalid("In call to function system." + self.name + ", value " +
                       format_value(TypeId::blob, Cell(arguments[0].content)) +
                       " is not a valid binary representation for type " + self.result.to_string());
    wire::append(out, arguments[0].content);
    return true;
}
bool call_token(const Function&, Arguments arguments, Bytes& out) {
    boost::container::small_vector<BytesView, 4> components;
    for (const Value& value : arguments) components.push_back(value.content);
    if (components.size() == 1) {
        wire::append(out, murmur3_token(components[0]));
    } else {
        wire::append(out, murmur3_token(routing_key(components)));
    }
    return true;
}

class Registry {
public:
    Registry() {
        add_generators();
        add_times();
        add_blobs();
    }
    [[nodiscard]] std::span<const Function> find(std::string_view name) const {
        const auto found = functions_.find(name);
        return found == functions_.end() ? std::span<const Function>() : found->second;
    }

private:
    using Call = bool (*)(const Function&, Arguments, Bytes&);
    void add(const std::vector<std::string>& names, std::vector<DataType> arguments, DataType result,
             Call call, bool pure = true) {
        for (const std::string& name : names)
            functions_[name].push_back({name, arguments, result, call, pure});
    }
    void add_generators() {
        add({"now", "currenttimeuuid", "current_timeuuid"}, {}, TypeId::timeuuid, call_now, false);
        add({"uuid"}, {}, TypeId::uuid, call_uuid, false);
        add({"currenttimestamp", "current_timestamp"}, {}, TypeId::timestamp, call_current_timestamp, false);
        add({"currentdate", "current_date"}, {}, TypeId::date, call_current_date, false);
        add({"currenttime", "current_time"}, {}, TypeId::time, call_current_time, false);
    }
    void add_times() {
        add({"mintimeuuid", "min_timeuuid"}, {TypeId::timestamp}, TypeId::timeuuid, call_min_timeuuid);
        add({"maxtimeuuid", "max_timeuuid"}, {TypeId::timestamp}, TypeId::timeuuid, call_max_timeuuid);
        for (const TypeId from : {TypeId::date, TypeId::timeuuid})
            add({"totimestamp", "to_timestamp"}, {from}, TypeId::timestamp, call_to_timestamp);
        for (const TypeId from : {TypeId::timestamp, TypeId::timeuuid})
            add({"todate", "to_date"}, {from}, TypeId::date, call_to_date);
        for (const TypeId from : {TypeId::date, TypeId::timestamp, TypeId::timeuuid})
            add({"tounixtimestamp", "to_unix_timestamp"}, {from}, TypeId::bigint, call_to_timestamp);
    }
    void add_blobs() {
        for (const TypeId id :
             {TypeId::ascii, TypeId::bigint, TypeId::boolean, TypeId::counter, TypeId::decimal,
              TypeId::double_, TypeId::float_, TypeId::int_, TypeId::timestamp, TypeId::uuid, TypeId::text,
              TypeId::varint, TypeId::timeuuid, TypeId::inet, TypeId::date, TypeId::time, TypeId::smallint,
              TypeId::tinyint, TypeId::duration}) {
            const std::string name = DataType(id).to_string();
            add({name + "asblob", name + "_as_blob"}, {id}, TypeId::blob, call_as_blob);
            add({"blobas" + name, "blob_as_" + name}, {TypeId::blob}, id, call_from_blob);
        }
        // varchar is text's other name.
        add({"varcharasblob", "varchar_as_blob"}, {TypeId::text}, TypeId::blob, call_as_blob);
        add({"blobasvarchar", "blob_as_varchar"}, {TypeId::blob}, TypeId::text, call_from_blob);
    }

    std::map<std::string, std::vector<Function>, std::less<>> functions_;
};

}  // namespace

std::span<const Function> find_functions(std::string_view name) {
    static const Registry* const registry = new Registry();  // outlives static destruction
    return registry->find(name);
}

bool is_missing_function(std::string_view name) {
    constexpr std::string_view missing[] = {"tojson",
                                            "to_json",
                                            "fromjson",
                                            "from_json",
                                            "abs",
                                            "exp",
                                            "log",
                                            "log10",
                                            "round",
                                            "map_keys",
                                            "map_values",
                                            "collection_count",
                                            "collection_min",
                                            "collection_max",
                                            "collection_sum",
                                            "collection_avg",
                                            "similarity_cosine",
                                            "similarity_euclidean",
                                            "similarity_dot_product",
                                            "mask_default",
                                            "mask_null",
                                            "mask_inner",
                                            "mask_outer",
                                            "mask_hash",
                                            "mask_replace",
                                            "format_bytes",
                                            "format_time"};
    return std::ranges::find(missing, name) != std::end(missing);
}

const Function* token_function(const std::vector<DataType>& partition_key) {
    static std::mutex mutex;
    static auto* const made = new std::deque<Function>();  // plans point into it
    const std::lock_guard lock(mutex);
    for (const Function& function : *made)
        if (function.arguments == partition_key) return &function;
    return &made->emplace_back(Function{"token", partition_key, TypeId::bigint, call_token, true});
}

std::string signature(const Function& function) {
    std::string text = "system." + function.name + " : (";
    for (std::size_t i = 0; i < function.arguments.size(); ++i)
        text += (i == 0 ? "" : ", ") + function.arguments[i].to_string();
    return text + ") -> " + function.result.to_string();
}

}  // namespace coodie::embedded
