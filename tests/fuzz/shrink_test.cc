// Shrinking finds the smallest trace that still fails, where that is known.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "fuzz/generator.h"
#include "fuzz/input.h"
#include "fuzz/lifetimes.h"
#include "fuzz/shrink.h"
#include "tests/fuzz/trace_lines.h"

namespace heapjudge {
namespace {

// What a client knows of its blocks while a trace runs.
struct Client {
  std::map<BlockId, std::uint64_t> live;
  std::set<std::uint64_t> freed_sizes;
  int freed = 0;
  std::uint64_t refusing = 0;
  bool was_init = false;

  std::uint64_t live_bytes() const {
    std::uint64_t sum = 0;
    for (const auto& [block, size] : live) sum += size;
    return sum;
  }
};

// Whether `symptom` shows at some request; it is asked before the client takes the request in.
template <typename Symptom>
StillFails shows(Symptom symptom) {
  return [symptom](const Trace& trace) {
    Client client;
    for (const Request& request : trace.requests()) {
      if (symptom(client, request)) return true;
      if (request.op == Op::kRefuse) client.refusing = request.size;
      if (request.op == Op::kInit) client = {.was_init = true};
      if (request.op == Op::kFree && request.block != kNoBlock) {
        client.freed_sizes.insert(client.live[request.block]);
        client.live.erase(request.block);
        ++client.freed;
      }
      if (asks_for_block(request.op)) client.live[request.block] = payload_bytes(request);
    }
    return false;
  };
}

// The smallest that is found from each of many generated traces that fail.
std::set<std::string> shrunk_from_many(Tier tier, const StillFails& still_fails) {
  std::set<std::string> found;
  int failing = 0;
  for (std::uint64_t seed = 1; failing < 20 && seed < 3000; ++seed) {
    const Trace trace = decode_trace(generate_input(seed, tier), "generated");
    if (!still_fails(trace)) continue;
    ++failing;
    const Shrunk shrunk = shrink(trace, still_fails);
    EXPECT_TRUE(still_fails(shrunk.trace)) << "seed " << seed;
    EXPECT_TRUE(shrunk.is_minimal) << "seed " << seed;
    found.insert(lines_of(shrunk.trace));
  }
  EXPECT_EQ(failing, 20);
  return found;
}

using Smallest = std::set<std::string>;

TEST(Shrink, ABlockThatFitsWhereOneWasFreed) {
  EXPECT_EQ(shrunk_from_many(Tier::kP0, shows([](const Client& client, const Request& request) {
                               return request.op == Op::kMalloc && client.freed_sizes.contains(request.size);
                             })),
            Smallest{"a 0 1;f 0;a 1 1;"});
}

TEST(Shrink, ABlockThatGrows) {
  EXPECT_EQ(shrunk_from_many(Tier::kP0, shows([](const Client& client, const Request& request) {
                               const auto old = client.live.find(request.block);
                               return request.op == Op::kRealloc && old != client.live.end() &&
                                      request.size > old->second + 8;
                             })),
            Smallest{"a 0 1;r 0 10;"});
}

TEST(Shrink, ThreeBlocksAtOnce) {
  EXPECT_EQ(shrunk_from_many(Tier::kP3, shows([](const Client& client, const Request& request) {
                               return request.op == Op::kMalloc && client.live.size() == 2;
                             })),
            Smallest{"a 0 1;a 1 1;a 2 1;"});
}

TEST(Shrink, AHeapThatHasToBeLargeTakesOneLargeBlock) {
  EXPECT_EQ(shrunk_from_many(Tier::kP0, shows([](const Client& client, const Request& request) {
                               return request.op == Op::kMalloc && client.live_bytes() + request.size >= 5000;
                             })),
            Smallest{"a 0 5000;"});
}

TEST(Shrink, ALargeRequestThatIsRefused) {
  EXPECT_EQ(shrunk_from_many(Tier::kP2, shows([](const Client& client, const Request& request) {
                               return client.refusing > 0 && asks_for_block(request.op) &&
                                      payload_bytes(request) >= 1000;
                             })),
            Smallest{"s 1;a 0 1000;"});
}

TEST(Shrink, WhatIsFreedAfterInit) {
  EXPECT_EQ(shrunk_from_many(Tier::kP1, shows([](const Client& client, const Request& request) {
                               return client.was_init && request.op == Op::kFree && request.block != kNoBlock;
                             })),
            Smallest{"i;a 0 1;f 0;"});
}

TEST(Shrink, RareRequestsBecomePlainOnes) {
  const Trace trace = trace_from("c 0 4 16;m 1 4096 100;r 2 9;r 0 200;f 1;f 2;f 0;");
  const auto three_freed = shows([](const Client& client, const Request& request) {
    return request.op == Op::kFree && client.freed == 2;
  });
  EXPECT_EQ(lines_of(shrink(trace, three_freed).trace), "a 0 1;a 1 1;a 2 1;f 0;f 1;f 2;");
}

TEST(Shrink, AProductThatOverflowsIsOneOfTwo) {
  const auto overflows = shows([](const Client&, const Request& request) {
    return request.op == Op::kCalloc && payload_bytes(request) == UINT64_MAX && request.size * request.count < 100;
  });
  EXPECT_EQ(lines_of(shrink(trace_from("a 0 40;c 1 3 6148914691236517206;f 1;"), overflows).trace),
            "c 0 2 9223372036854775808;");
}

// Without any one of its requests it is not a failure any more.
TEST(Shrink, WhatIsCalledMinimalIs) {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const Trace trace = decode_trace(generate_input(seed, static_cast<Tier>(seed % 4)), "generated");
    // Three requests at places by chance in the list of what asks for sizes of a residue, in this order.
    const StillFails still_fails = [seed](const Trace& candidate) {
      std::uint64_t stage = 0;
      for (const Request& request : candidate.requests()) {
        if ((request.size + static_cast<std::uint64_t>(request.op)) % (3 + seed % 5) == stage % 3) ++stage;
      }
      return stage >= 4 + seed % 7;
    };
    if (!still_fails(trace)) continue;
    const Shrunk shrunk = shrink(trace, still_fails);
    ASSERT_TRUE(shrunk.is_minimal) << seed << " " << trace.requests().size() << " "
                                   << shrunk.trace.requests().size() << " " << shrunk.tries;
    const Lifetimes all = lifetimes_of(shrunk.trace);
    for (std::size_t i = 0; i < all.size() && all.size() > 1; ++i) {
      Lifetimes fewer = all;
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
      const Lifetimes whole = repaired(fewer);
      EXPECT_FALSE(!whole.empty() && still_fails(trace_of(whole, "fewer", {})))
          << "seed " << seed << " without " << i;
    }
  }
}

TEST(Shrink, TriesAreBoundedAndWhatIsLeftStillFails) {
  const Trace trace = decode_trace(generate_input(5, Tier::kP0), "generated");
  std::size_t asked = 0;
  const StillFails many = [&asked](const Trace& candidate) {
    ++asked;
    return candidate.requests().size() >= 5;
  };
  ASSERT_GE(trace.requests().size(), 5u);
  const Shrunk shrunk = shrink(trace, many, {.most_tries = 3});
  EXPECT_EQ(asked, 3u);
  EXPECT_EQ(shrunk.tries, 3u);
  EXPECT_FALSE(shrunk.is_minimal);
  EXPECT_GE(shrunk.trace.requests().size(), 5u);
}

TEST(Shrink, TheRequestsOfAllTriesTogetherAreBounded) {
  const Trace trace = decode_trace(generate_input(5, Tier::kP0), "generated");
  std::size_t requests = 0;
  const StillFails nothing_less = [&requests](const Trace& candidate) {
    requests += candidate.requests().size();
    return false;
  };
  constexpr std::size_t kMost = 1000;
  const Shrunk shrunk = shrink(trace, nothing_less, {.most_requests = kMost});
  EXPECT_GE(requests, kMost);
  EXPECT_LT(requests, kMost + trace.requests().size());  // the last try may go beyond
  EXPECT_FALSE(shrunk.is_minimal);
  EXPECT_EQ(shrunk.trace.requests().size(), trace.requests().size());
}

TEST(Shrink, TheNameAndTheHeaderStay) {
  const Trace trace("kept.rep", {.heap_bytes = 12345, .weight = 7}, 2,
                    {{.size = 5, .block = 1}, {.size = 6, .block = 0}});
  const Shrunk shrunk = shrink(trace, [](const Trace&) { return true; });
  EXPECT_EQ(shrunk.trace.name(), "kept.rep");
  EXPECT_EQ(shrunk.trace.header(), trace.header());
  EXPECT_EQ(lines_of(shrunk.trace), "a 0 1;");
}

TEST(Lifetimes, AnIdThatIsUsedAgainIsAnotherBlock) {
  const Trace trace = trace_from("a 0 8;f 0;a 0 9;r 0 0;a 0 10;i;r 0 11;f -1;f 0;");
  const Lifetimes lifetimes = lifetimes_of(trace);
  std::string births;
  for (const LifeRequest& life : lifetimes) births += life.is_birth ? 'b' : '.';
  EXPECT_EQ(births, "b.b.b.b..");
  EXPECT_EQ(lines_of(trace_of(lifetimes, "own", {})), "a 0 8;f 0;a 1 9;r 1 0;a 2 10;i;r 3 11;f -1;f 3;");
}

TEST(Lifetimes, WhatLosesItsBirthIsBornAnewOrGoes) {
  const Lifetimes all = lifetimes_of(trace_from("a 0 8;r 0 16;r 0 0;f 0;a 1 9;i;a 2 9;f 2;"));
  const auto without = [&](std::size_t index) {
    Lifetimes fewer = all;
    fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(index));
    return lines_of(trace_of(repaired(fewer), "fewer", {}));
  };
  EXPECT_EQ(without(0), "a 0 16;r 0 0;f 0;a 1 9;i;a 2 9;f 2;");
  EXPECT_EQ(without(1), "a 0 8;r 0 0;f 0;a 1 9;i;a 2 9;f 2;");
  EXPECT_EQ(without(3), "a 0 8;r 0 16;r 0 0;a 1 9;i;a 2 9;f 2;");
  EXPECT_EQ(without(5), "a 0 8;r 0 16;r 0 0;f 0;a 1 9;a 2 9;f 2;");
  EXPECT_EQ(without(6), "a 0 8;r 0 16;r 0 0;f 0;a 1 9;i;");
}

TEST(Lifetimes, AnySelectionOfRequestsIsRepairedToATrace) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    Random random(seed);
    const Lifetimes all =
        lifetimes_of(decode_trace(generate_input(seed, static_cast<Tier>(seed % 4)), "generated"));
    Lifetimes some;
    for (const LifeRequest& life : all) {
      if (random.one_in(2)) some.push_back(life);
    }
    trace_of(repaired(some), "some", {});  // throws when it is not well-formed
  }
}

}  // namespace
}  // namespace heapjudge
