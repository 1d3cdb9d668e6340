// Failures that are taken for one bug, by what was seen around them.
#include "fuzz/families.h"

#include <gtest/gtest.h>

namespace heapjudge {
namespace {

const FailureKind kOverlap{Fault::kOverlap, "mm_malloc"};
const FailureKind kDamage{Fault::kPayloadChanged, "coalesce"};
const FailureKind kCrash{Fault::kCrash, "remove_free"};

using Numbers = std::map<FailureKind, std::size_t>;

TEST(Sets, JoinOverWhateverOthers) {
  const std::vector<std::pair<std::size_t, std::size_t>> joined{{4, 1}, {1, 3}, {2, 2}};
  EXPECT_EQ(sets_of(5, joined), (std::vector<std::size_t>{0, 1, 2, 1, 1}));
  EXPECT_TRUE(sets_of(0, {}).empty());
}

TEST(Families, AreOfOneKindEachWhenNothingJoinsThem) {
  Families families;
  families.note(kDamage, 1);
  families.note(kOverlap, 2);
  families.look_around(kDamage, {1});
  families.look_around(kOverlap, {});
  families.look_around(kCrash, {});
  EXPECT_EQ(families.numbers(), (Numbers{{kOverlap, 0}, {kDamage, 1}, {kCrash, 2}}));
}

TEST(Families, JoinWhatIsSeenAroundTheShortestTraceOfAnother) {
  Families families;
  families.note(kOverlap, 1);
  families.note(kDamage, 2);
  families.note(kCrash, 3);
  families.look_around(kOverlap, {1, 2});
  families.look_around(kDamage, {});
  families.look_around(kCrash, {3});
  EXPECT_EQ(families.numbers(), (Numbers{{kOverlap, 0}, {kDamage, 0}, {kCrash, 1}}));
  families.look_around(kCrash, {2});
  EXPECT_EQ(families.numbers(), (Numbers{{kOverlap, 0}, {kDamage, 0}, {kCrash, 0}}));
  families.look_around(kOverlap, {1});  // of a shorter trace
  EXPECT_EQ(families.numbers(), (Numbers{{kOverlap, 0}, {kDamage, 1}, {kCrash, 1}}));
}

TEST(Families, DoNotJoinOverWhatNobodyJudged) {
  Families families;
  families.note(kOverlap, 1);
  families.note(kDamage, 2);
  families.look_around(kOverlap, {7});
  families.look_around(kDamage, {7});
  EXPECT_EQ(families.numbers(), (Numbers{{kOverlap, 0}, {kDamage, 1}}));
}

TEST(Families, JoinWhatTheJudgeTellsApartAndTheFuzzingProcessDoesNot) {
  Families families;
  families.note(kDamage, 5);
  families.note(kCrash, 5);
  families.look_around(kDamage, {});
  families.look_around(kCrash, {});
  EXPECT_EQ(families.numbers(), (Numbers{{kDamage, 0}, {kCrash, 0}}));
}

}  // namespace
}  // namespace heapjudge
