// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client.hpp"

#include <cstdint>
#include <map>
#include <random>
#include <set>
#include <vector>

namespace fault {

/// One of the chaos's requests. All about it follows from its id, which is bound as its only value: the
/// server knows by it what to answer, and the judge what to expect.
struct Call {
    int id = 0;

    [[nodiscard]] bool writes() const noexcept { return id % 4 == 1; }
    [[nodiscard]] bool is_idempotent() const noexcept { return id % 3 != 0; }
    /// No attempt is ever answered: these are the only ones that may time out.
    [[nodiscard]] bool is_unanswered() const noexcept { return id % 31 == 7; }

    [[nodiscard]] Statement statement() const {
        Statement made = writes() ? write(id) : read(id);
        made.options().idempotent = is_idempotent();
        // Much longer than any machine needs: whoever reaches it was forgotten.
        made.options().timeout = is_unanswered() ? std::chrono::milliseconds(100) : std::chrono::minutes(1);
        return made;
    }
    [[nodiscard]] std::string name() const { return "user " + std::to_string(id); }
};

/// The scripted server's side of the chaos: answers each EXECUTE with a row that has the bound id, or goes
/// wrong by chance, and remembers what it did. Called on the server's thread; to be asked when no connection
/// is open any more.
class Mischief {
public:
    enum class Answer : std::uint8_t {
        whole,  ///< perhaps late or in pieces
        cut,    ///< perhaps all of it, perhaps not; the connection ended
        none,   ///< perhaps the connection ended
        overloaded,
        timed_out,
    };
    struct Attempt {
        Answer answer;
        std::size_t connection;
    };

    explicit Mischief(std::uint64_t seed) : random_(seed) {}

    stub::Reply operator()(const stub::Request& request) {
        const Call call{bound_id(request)};
        if (call.is_unanswered()) return did(Answer::none, stub::drop(), request, call);
        stub::Reply whole = answer_to(call);
        switch (pick(80)) {
            case 0: return ended(Answer::cut, std::move(whole).cut_at(pick(60)).then_close(), request, call);
            case 1: return ended(Answer::none, stub::reset(), request, call);
            case 2: return ended(Answer::none, std::move(whole).on_stream(20'000), request, call);
            case 3:
            case 4: return did(Answer::overloaded, overloaded(), request, call);
            case 5:
            case 6: return did(Answer::timed_out, timed_out(call), request, call);
            case 7: return did(Answer::whole, std::move(whole).byte_by_byte(), request, call);
            default: break;
        }
        if (pick(10) == 0) whole = std::move(whole).split_at(1 + pick(50));
        if (pick(10) == 0) whole = std::move(whole).after(std::chrono::milliseconds(pick(150)));
        return did(Answer::whole, std::move(whole), request, call);
    }

    /// Each EXECUTE of this request that arrived.
    [[nodiscard]] const std::vector<Attempt>& attempts(const Call& call) const {
        static const std::vector<Attempt> none;
        const auto found = attempts_.find(call.id);
        return found == attempts_.end() ? none : found->second;
    }
    /// This class ended the connection, with whatever was on its way there.
    [[nodiscard]] bool has_ended(std::size_t connection) const { return ended_.contains(connection); }

private:
    static std::int32_t bound_id(const stub::Request& request) {
        std::int32_t id = 0;
        if (request.values.empty()) return id;
        for (const std::byte each : request.values[0].content.value_or(coodie::Bytes()))
            id = id << 8 | std::to_integer<std::int32_t>(each);
        return id;
    }
    static stub::Reply answer_to(const Call& call) {
        if (call.writes()) return stub::void_result();
        stub::Table row = users(0);
        row.rows.push_back({stub::value_of(std::int32_t{call.id}), stub::value_of(call.name())});
        return stub::rows(std::move(row));
    }
    static stub::Reply overloaded() { return stub::error(coodie::server_code::overloaded, "by chance"); }
    static stub::Reply timed_out(const Call& call) {
        using namespace coodie::native;
        constexpr auto one = coodie::Consistency::one;
        if (call.writes())
            return stub::error(coodie::server_code::write_timeout, "by chance",
                               WriteTimeoutDetail{one, 0, 1, WriteType::simple, std::nullopt});
        return stub::error(coodie::server_code::read_timeout, "by chance",
                           ReadTimeoutDetail{one, 1, 1, false});
    }

    stub::Reply did(Answer answer, stub::Reply reply, const stub::Request& request, const Call& call) {
        attempts_[call.id].push_back({answer, request.connection});
        return reply;
    }
    stub::Reply ended(Answer answer, stub::Reply reply, const stub::Request& request, const Call& call) {
        ended_.insert(request.connection);
        return did(answer, std::move(reply), request, call);
    }
    std::size_t pick(std::size_t below) {
        return std::uniform_int_distribution<std::size_t>(0, below - 1)(random_);
    }

    std::mt19937_64 random_;
    std::map<int, std::vector<Attempt>> attempts_;
    std::set<std::size_t> ended_;
};

}  // namespace fault
