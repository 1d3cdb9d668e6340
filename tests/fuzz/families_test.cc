// Failures that are taken for one bug, by what was seen around them.
#include "fuzz/families.h"

#include <gtest/gtest.h>

#include "fuzz/neighbours.h"

namespace heapjudge {
namespace {

const FailureKind kOverlap{Fault::kOverlap, "mm_malloc"};
const FailureKind kDamage{Fault::kPayloadChanged, "coalesce"};
const FailureKind kCrash{Fault::kCrash, "remove_free"};

using Place = Families::Place;
using Places = std::map<FailureKind, Place>;

TEST(Sets, JoinOverWhateverOthers) {
  const std::vector<std::pair<std::size_t, std::size_t>> joined{{4, 1}, {1, 3}, {2, 2}};
  EXPECT_EQ(sets_of(5, joined), (std::vector<std::size_t>{0, 1, 2, 1, 1}));
  EXPECT_TRUE(sets_of(0, {}).empty());
}

TEST(Families, AreOfOneKindEachWhenNothingJoinsThem) {
  Families families;
  families.note(kDamage, 1);
  families.note(kOverlap, 2);
  families.look_around(kDamage, {{1, 5}});
  families.look_around(kOverlap, {{2, 0}});  // itself
  families.look_around(kCrash, {});
  EXPECT_EQ(families.places(), (Places{{kOverlap, {0, 0, 0}}, {kDamage, {1, 1, 1}}, {kCrash, {2, 2, 2}}}));
}

TEST(Families, ArePartedWhereOneSortOfChangeAloneBearsWitness) {
  Families families;
  families.note(kOverlap, 1);
  families.note(kDamage, 2);
  families.note(kCrash, 3);
  families.look_around(kOverlap, {{2, 2}, {3, 1}});
  families.look_around(kDamage, {});
  families.look_around(kCrash, {});
  EXPECT_EQ(families.places(), (Places{{kOverlap, {0, 0, 0}}, {kDamage, {0, 0, 0}}, {kCrash, {0, 1, 0}}}));
  families.look_around(kCrash, {{1, 1}});  // and the way back
  EXPECT_EQ(families.places(), (Places{{kOverlap, {0, 0, 0}}, {kDamage, {0, 0, 0}}, {kCrash, {0, 0, 0}}}));
  families.look_around(kOverlap, {});  // of a shorter trace
  EXPECT_EQ(families.places(), (Places{{kOverlap, {0, 0, 0}}, {kDamage, {0, 1, 0}}, {kCrash, {0, 2, 0}}}));
}

TEST(Families, HoldWhatIsAroundAnyTraceOfAKind) {
  Families families;
  families.note(kOverlap, 1);
  families.note(kDamage, 2);
  families.note(kCrash, 3);
  families.look_around(kOverlap, {{3, 5}});
  families.look_around_another(kOverlap, {{2, 5}});
  families.look_around(kDamage, {});
  families.look_around(kCrash, {});
  EXPECT_EQ(families.places(), (Places{{kOverlap, {0, 0, 0}}, {kDamage, {0, 1, 0}}, {kCrash, {0, 0, 0}}}));
}

TEST(Families, AreNotOfOnePartForBeingNear) {
  Families families;
  families.note(kOverlap, 1);
  families.note(kDamage, 2);
  families.look_around(kOverlap, {{2, 0}});
  families.look_around(kDamage, {});
  EXPECT_EQ(families.places(), (Places{{kOverlap, {0, 0, 0}}, {kDamage, {0, 1, 0}}}));
}

TEST(Families, DoNotJoinOverWhatNobodyJudged) {
  Families families;
  families.note(kOverlap, 1);
  families.note(kDamage, 2);
  families.look_around(kOverlap, {{7, 5}});
  families.look_around(kDamage, {{7, 5}});
  EXPECT_EQ(families.places(), (Places{{kOverlap, {0, 0, 0}}, {kDamage, {1, 1, 1}}}));
}

TEST(Families, JoinWhatTheJudgeTellsApartAndTheFuzzingProcessDoesNot) {
  Families families;
  families.note(kDamage, 5);
  families.note(kCrash, 5);
  families.look_around(kDamage, {});
  families.look_around(kCrash, {});
  EXPECT_EQ(families.places(), (Places{{kDamage, {0, 0, 0}}, {kCrash, {0, 0, 0}}}));
}

// Nothing was seen around any of them.
Places places_of(const std::vector<std::pair<FailureKind, FailureTraits>>& failures) {
  Families families;
  for (const auto& [kind, traits] : failures) {
    families.look_around(kind, {});
    families.describe(kind, traits);
  }
  return families.places();
}

TEST(Families, AreOfOnePartWhereTheSameFailsAtTheSamePlaceInAnotherRun) {
  const FailureKind with_other_bytes{Fault::kDependsOnOldBytes, kCrash.second};
  const FailureKind elsewhere{Fault::kDependsOnOldBytes, "insert"};
  const FailureTraits crash{.beneath = Fault::kCrash};
  EXPECT_EQ(places_of({{with_other_bytes, crash}, {elsewhere, crash}, {kCrash, crash}}),
            (Places{{elsewhere, {0, 0, 0}}, {with_other_bytes, {1, 1, 1}}, {kCrash, {1, 1, 1}}}));
  EXPECT_EQ(places_of({{with_other_bytes, {.beneath = Fault::kDependsOnOldBytes}}, {kCrash, crash}}),
            (Places{{with_other_bytes, {0, 0, 0}}, {kCrash, {0, 1, 1}}}));
}

TEST(Families, HoldWhatGoesWrongInTheSameFunction) {
  const FailureKind misplaced{Fault::kOutsideHeap, kOverlap.second};
  const FailureKind nowhere{Fault::kOverlap, ""};
  const FailureKind nowhere_else{Fault::kOutsideHeap, ""};
  EXPECT_EQ(places_of({{kOverlap, {.beneath = Fault::kOverlap}},
                       {misplaced, {.beneath = Fault::kOutsideHeap}},
                       {kDamage, {.beneath = Fault::kPayloadChanged}}}),
            (Places{{misplaced, {0, 0, 0}}, {kOverlap, {0, 1, 1}}, {kDamage, {1, 2, 2}}}));
  EXPECT_EQ(places_of({{nowhere, {.beneath = Fault::kOverlap}}, {nowhere_else, {.beneath = Fault::kOutsideHeap}}}),
            (Places{{nowhere_else, {0, 0, 0}}, {nowhere, {1, 1, 1}}}));
}

TEST(Families, HoldWhatInitLeavesBehind) {
  const FailureKind in_malloc{Fault::kInitDoesNotReset, "mm_malloc"};
  const FailureKind in_insert{Fault::kInitDoesNotReset, "insert"};
  EXPECT_EQ(places_of({{in_malloc, {.beneath = Fault::kOverlap}},
                       {in_insert, {.beneath = Fault::kCrash}},
                       {kDamage, {.beneath = Fault::kPayloadChanged}}}),
            (Places{{kDamage, {0, 0, 0}}, {in_insert, {1, 1, 1}}, {in_malloc, {1, 2, 2}}}));
}

constexpr std::size_t kMany = kMostLookedAround + 1;

TEST(Families, HoldWhatTakesManyRequestsAndWhatTakesTheFewest) {
  EXPECT_EQ(places_of({{kOverlap, {.beneath = Fault::kOverlap, .requests = kMany}},
                       {kDamage, {.beneath = Fault::kPayloadChanged, .requests = kMany + 9}},
                       {kCrash, {.beneath = Fault::kCrash, .requests = 4}}}),
            (Places{{kOverlap, {0, 0, 0}}, {kDamage, {0, 1, 0}}, {kCrash, {0, 2, 0}}}));
  EXPECT_EQ(places_of({{kOverlap, {.beneath = Fault::kOverlap, .requests = kMany - 1}},
                       {kDamage, {.beneath = Fault::kPayloadChanged, .requests = kMany}},
                       {kCrash, {.beneath = Fault::kCrash, .requests = 4}}}),
            (Places{{kOverlap, {0, 0, 0}}, {kDamage, {1, 1, 1}}, {kCrash, {1, 2, 1}}}));
}

TEST(Families, HoldWhatIsAskedForTooMuch) {
  EXPECT_EQ(places_of({{kOverlap, {.beneath = Fault::kOverlap, .requests = 1, .asks_for_too_much = true}},
                       {kDamage, {.beneath = Fault::kPayloadChanged, .requests = 1}},
                       {kCrash, {.beneath = Fault::kCrash, .requests = 2, .asks_for_too_much = true}}}),
            (Places{{kOverlap, {0, 0, 0}}, {kDamage, {1, 1, 1}}, {kCrash, {0, 2, 0}}}));
}

}  // namespace
}  // namespace heapjudge
