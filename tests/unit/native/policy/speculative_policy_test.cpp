// SPDX-License-Identifier: Apache-2.0
#include "native/policy/speculative_policy.hpp"

#include <gtest/gtest.h>

namespace coodie::native {
namespace {

using namespace std::chrono_literals;

TEST(SpeculativePolicy, IsOffToBeginWith) {
    EXPECT_FALSE(SpeculativePolicy().enabled());
    EXPECT_FALSE(SpeculativePolicy().next(0, true));
}

TEST(SpeculativePolicy, GivesAConstantDelayUpToTheMaximum) {
    const SpeculativePolicy policy(50ms, 2);
    EXPECT_TRUE(policy.enabled());
    EXPECT_EQ(policy.next(0, true), 50ms);
    EXPECT_EQ(policy.next(1, true), 50ms);
    EXPECT_FALSE(policy.next(2, true));
}

// semantics rule 15
TEST(SpeculativePolicy, NeverRacesWhatIsNotIdempotent) {
    EXPECT_FALSE(SpeculativePolicy(50ms, 2).next(0, false));
}

}  // namespace
}  // namespace coodie::native
