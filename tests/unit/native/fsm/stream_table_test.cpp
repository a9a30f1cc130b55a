// SPDX-License-Identifier: Apache-2.0
#include "native/fsm/stream_table.hpp"

#include "native/io/pending.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <memory>
#include <random>
#include <vector>

namespace coodie::native {
namespace {

using Found = StreamTable::Found;

struct Waiting final : Pending {
    void answered(Envelope&&) noexcept override {}
    void lost(const Error&) noexcept override {}
};

std::shared_ptr<Pending> waiting() { return std::make_shared<Waiting>(); }

TEST(StreamTable, GivesTheLowestFreeIdFirst) {
    StreamTable table;
    std::shared_ptr<Pending> out;
    for (std::int16_t id = 0; id < 200; ++id) EXPECT_EQ(table.take(waiting()), id);
    for (const std::int16_t id : std::initializer_list<std::int16_t>{150, 3, 70})
        EXPECT_EQ(table.finish(id, out), Found::pending);
    for (const std::int16_t id : std::initializer_list<std::int16_t>{3, 70, 150, 200})
        EXPECT_EQ(table.take(waiting()), id);
    EXPECT_EQ(table.in_flight(), 201U);
}

TEST(StreamTable, TakesAllIdsAndThenNone) {
    StreamTable table;
    const auto pending = waiting();
    for (std::size_t id = 0; id < StreamTable::capacity; ++id)
        ASSERT_EQ(table.take(std::shared_ptr(pending)), static_cast<std::int16_t>(id));
    EXPECT_EQ(table.take(std::shared_ptr(pending)), std::nullopt);
    EXPECT_EQ(table.in_flight(), StreamTable::capacity);
    EXPECT_EQ(pending.use_count(), 1 + static_cast<long>(StreamTable::capacity));
    std::shared_ptr<Pending> out;
    for (const std::int16_t id : std::initializer_list<std::int16_t>{32767, 0, 20000}) {
        EXPECT_EQ(table.finish(id, out), Found::pending);
        EXPECT_EQ(table.take(std::shared_ptr(pending)), id);
        EXPECT_EQ(table.take(std::shared_ptr(pending)), std::nullopt);
    }
}

TEST(StreamTable, GivesBackWhatWaits) {
    StreamTable table;
    const auto first = waiting();
    const auto second = waiting();
    ASSERT_EQ(table.take(std::shared_ptr(first)), 0);
    ASSERT_EQ(table.take(std::shared_ptr(second)), 1);
    std::shared_ptr<Pending> out;
    EXPECT_EQ(table.finish(1, out), Found::pending);
    EXPECT_EQ(out, second);
    EXPECT_EQ(table.finish(1, out), Found::unknown);
    EXPECT_EQ(table.finish(0, out), Found::pending);
    EXPECT_EQ(out, first);
    EXPECT_EQ(table.in_flight(), 0U);
}

TEST(StreamTable, KnowsNoIdThatWasNotTaken) {
    StreamTable table;
    std::shared_ptr<Pending> out = waiting();
    const auto before = out;
    for (const int id : {0, 1, 63, 64, 32767, -1, -32768})
        EXPECT_EQ(table.finish(static_cast<std::int16_t>(id), out), Found::unknown) << id;
    EXPECT_EQ(out, before);
    ASSERT_EQ(table.take(waiting()), 0);
    EXPECT_EQ(table.finish(1, out), Found::unknown);
    EXPECT_EQ(table.in_flight(), 1U);
}

TEST(StreamTable, NeverUsesAnOrphansIdBeforeItsLateAnswer) {
    StreamTable table;
    auto pending = waiting();
    ASSERT_EQ(table.take(std::shared_ptr(pending)), 0);
    EXPECT_TRUE(table.abandon(0, pending.get()));
    EXPECT_EQ(pending.use_count(), 1);
    EXPECT_EQ(table.orphans(), 1U);
    EXPECT_EQ(table.in_flight(), 0U);
    for (std::size_t id = 1; id < StreamTable::capacity; ++id)
        ASSERT_EQ(table.take(std::shared_ptr(pending)), static_cast<std::int16_t>(id));
    EXPECT_EQ(table.take(std::shared_ptr(pending)), std::nullopt);
    std::shared_ptr<Pending> out;
    EXPECT_EQ(table.finish(0, out), Found::orphan);
    EXPECT_EQ(out, nullptr);
    EXPECT_EQ(table.orphans(), 0U);
    EXPECT_EQ(table.finish(0, out), Found::unknown);
    EXPECT_EQ(table.take(std::shared_ptr(pending)), 0);
}

TEST(StreamTable, AbandonsOnlyWhatStillWaits) {
    StreamTable table;
    const auto pending = waiting();
    const auto other = waiting();
    ASSERT_EQ(table.take(std::shared_ptr(pending)), 0);
    EXPECT_FALSE(table.abandon(0, other.get()));
    EXPECT_FALSE(table.abandon(1, pending.get()));
    EXPECT_FALSE(table.abandon(-1, pending.get()));
    EXPECT_FALSE(table.abandon(32767, pending.get()));
    EXPECT_FALSE(table.abandon(0, nullptr));
    EXPECT_TRUE(table.abandon(0, pending.get()));
    EXPECT_FALSE(table.abandon(0, pending.get()));
    EXPECT_FALSE(table.abandon(0, nullptr));  // an orphan waits for nobody
    EXPECT_EQ(table.orphans(), 1U);
    std::shared_ptr<Pending> out;
    EXPECT_EQ(table.finish(0, out), Found::orphan);
    ASSERT_EQ(table.take(std::shared_ptr(other)), 0);
    EXPECT_FALSE(table.abandon(0, pending.get()));  // the id is another's now
    EXPECT_EQ(table.in_flight(), 1U);
}

TEST(StreamTable, DrainsEverythingThatWaitsInOrder) {
    StreamTable table;
    std::vector<std::shared_ptr<Pending>> all;
    for (int i = 0; i < 1'000; ++i) {
        all.push_back(waiting());
        ASSERT_EQ(table.take(std::shared_ptr<Pending>(all.back())), i);
    }
    EXPECT_TRUE(table.abandon(10, all[10].get()));
    all.erase(all.begin() + 10);
    EXPECT_EQ(table.drain(), all);
    EXPECT_EQ(table.in_flight(), 0U);
    EXPECT_EQ(table.orphans(), 0U);
    EXPECT_TRUE(table.drain().empty());
    std::shared_ptr<Pending> out;
    EXPECT_EQ(table.finish(10, out), Found::unknown);
    EXPECT_EQ(table.take(waiting()), 0);
}

TEST(StreamTable, AgreesWithAModel) {
    StreamTable table;
    std::map<std::int16_t, std::shared_ptr<Pending>> model;  // null: orphan
    std::mt19937 random(7);
    std::uniform_int_distribution<int> ids(0, 700);
    for (int i = 0; i < 200'000; ++i) {
        const auto id = static_cast<std::int16_t>(ids(random));
        const auto found = model.find(id);
        std::shared_ptr<Pending> out;
        switch (random() % 5) {
            case 0:
                if (found == model.end()) {
                    ASSERT_EQ(table.finish(id, out), Found::unknown);
                } else {
                    ASSERT_EQ(table.finish(id, out), found->second ? Found::pending : Found::orphan);
                    ASSERT_EQ(out, found->second);
                    model.erase(found);
                }
                break;
            case 1:
                if (found == model.end() || !found->second) break;
                ASSERT_TRUE(table.abandon(id, found->second.get()));
                found->second.reset();
                break;
            default: {
                if (model.size() > 600) break;
                const auto pending = waiting();
                const auto taken = table.take(std::shared_ptr(pending));
                ASSERT_TRUE(taken);
                ASSERT_TRUE(model.emplace(*taken, pending).second);
            }
        }
        const auto orphans = static_cast<std::size_t>(
            std::ranges::count_if(model, [](const auto& entry) { return entry.second == nullptr; }));
        ASSERT_EQ(table.orphans(), orphans);
        ASSERT_EQ(table.in_flight(), model.size() - orphans);
    }
}

}  // namespace
}  // namespace coodie::native
