// What a real program asked for, by address, becomes a trace by block; what a trace cannot say is counted.
#include "trace/transcript.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>

#include "tests/test_main.h"
#include "trace/input_error.h"
#include "trace/rep_format.h"

namespace heapjudge {
namespace {

using Speaker = std::function<void(Transcript&)>;

struct Outcome {
  std::string lines;  // the requests only
  TranscriptCounts counts;
};

Outcome transcribe(const TranscriptOptions& options, const Speaker& speak) {
  Transcript transcript(options);
  speak(transcript);
  const std::string text = print_trace(transcript.finish("t.rep"));
  std::size_t start = 0;
  for (int line = 0; line < 4; ++line) start = text.find('\n', start) + 1;
  return {text.substr(start), transcript.counts()};
}

void realloc(Transcript& transcript, std::uint64_t old_address, std::uint64_t address, std::uint64_t size) {
  const Transcript::Resizing resizing = transcript.begin_resize(old_address);
  transcript.end_resize(resizing, address, size);
}

TEST(Transcript, GivesEachBlockAnIdOfItsOwn) {
  const Outcome outcome = transcribe({}, [](Transcript& t) {
    t.malloc(0x1000, 10);
    t.calloc(0x2000, 3, 8);
    t.aligned(0x3000, 6, 100);
    t.free(0x1000);
    t.malloc(0x1000, 20);
    realloc(t, 0x2000, 0x4000, 99);
    t.free(0x4000);
    t.free(0);
  });
  EXPECT_EQ(outcome.lines, "a 0 10\nc 1 3 8\nm 2 64 100\nf 0\na 3 20\nr 1 99\nf 1\nf -1\n");
  EXPECT_EQ(outcome.counts, TranscriptCounts{.requests = 8});
}

TEST(Transcript, ReallocOfNullAndToNothingAreKeptAsTheyAre) {
  const Outcome outcome = transcribe({}, [](Transcript& t) {
    realloc(t, 0, 0x1000, 10);
    realloc(t, 0x1000, 0, 0);       // freed
    t.malloc(0x1000, 30);           // so its address is free
    realloc(t, 0x1000, 0x1000, 0);  // another allocator: an empty block
    t.free(0x1000);
  });
  EXPECT_EQ(outcome.lines, "r 0 10\nr 0 0\na 1 30\nr 1 0\nf 1\n");
  EXPECT_EQ(outcome.counts, TranscriptCounts{.requests = 5});
}

TEST(Transcript, TheOldAddressIsFreeBeforeAReallocEnds) {
  const Outcome outcome = transcribe({}, [](Transcript& t) {
    t.malloc(0x1000, 10);
    const Transcript::Resizing resizing = t.begin_resize(0x1000);
    t.malloc(0x1000, 20);  // by another thread
    t.end_resize(resizing, 0x2000, 30);
    t.free(0x2000);
    t.free(0x1000);
  });
  EXPECT_EQ(outcome.lines, "a 0 10\na 1 20\nr 0 30\nf 0\nf 1\n");
  EXPECT_EQ(outcome.counts, TranscriptCounts{.requests = 5});
}

TEST(Transcript, WhatTheProgramsAllocatorRefusedIsLeftOut) {
  const Outcome outcome = transcribe({}, [](Transcript& t) {
    t.malloc(0, 1u << 30);
    t.calloc(0, UINT64_MAX, 2);
    t.malloc(0x1000, 1);
    realloc(t, 0x1000, 0, UINT64_MAX);
    t.free(0x1000);  // still there
  });
  EXPECT_EQ(outcome.lines, "a 0 1\nf 0\n");
  EXPECT_EQ(outcome.counts, (TranscriptCounts{.requests = 5, .refused = 3}));
}

TEST(Transcript, BlocksFromBeforeAreNotKnown) {
  const Outcome outcome = transcribe({}, [](Transcript& t) {
    t.free(0x1000);
    realloc(t, 0x2000, 0x3000, 7);
    realloc(t, 0x2000, 0, 0);
    t.free(0x3000);
  });
  EXPECT_EQ(outcome.lines, "a 0 7\nf 0\n");
  EXPECT_EQ(outcome.counts, (TranscriptCounts{.requests = 4, .unknown_frees = 2, .unknown_resizes = 1}));
}

TEST(Transcript, AnAddressThatComesTwiceWasFreedUnseen) {
  const Outcome outcome = transcribe({}, [](Transcript& t) {
    t.malloc(0x1000, 1);
    t.malloc(0x1000, 2);
    t.malloc(0x2000, 3);
    realloc(t, 0x1000, 0x2000, 4);
  });
  EXPECT_EQ(outcome.lines, "a 0 1\nf 0\na 1 2\na 2 3\nf 2\nr 1 4\n");
  EXPECT_EQ(outcome.counts, (TranscriptCounts{.requests = 4, .reused_addresses = 2}));
}

TEST(Transcript, AWindowBeginsWithAnEmptyHeap) {
  const Outcome outcome = transcribe({.first_request = 3, .last_request = 5}, [](Transcript& t) {
    t.malloc(0x1000, 1);
    t.malloc(0x2000, 2);
    t.free(0x1000);
    realloc(t, 0x2000, 0x2000, 20);
    t.malloc(0x1000, 3);
    EXPECT_TRUE(t.is_past_window());
    t.free(0x1000);
  });
  EXPECT_EQ(outcome.lines, "a 0 20\na 1 3\n");
  EXPECT_EQ(outcome.counts,
            (TranscriptCounts{.requests = 6, .outside = 3, .unknown_frees = 1, .unknown_resizes = 1}));
}

TEST(Transcript, AReallocThatEndsBehindTheWindowChangesNothing) {
  const Outcome outcome = transcribe({.last_request = 1, .balanced = true}, [](Transcript& t) {
    t.malloc(0x1000, 1);
    realloc(t, 0x1000, 0x2000, 2);
  });
  EXPECT_EQ(outcome.lines, "a 0 1\nf 0\n");
}

TEST(Transcript, BalancedFreesWhatIsLeft) {
  const Outcome outcome = transcribe({.balanced = true}, [](Transcript& t) {
    t.malloc(0x1000, 1);
    t.malloc(0x2000, 2);
    t.malloc(0x3000, 3);
    t.free(0x2000);
    t.begin_resize(0x3000);  // and the program ended
  });
  EXPECT_EQ(outcome.lines, "a 0 1\na 1 2\na 2 3\nf 1\nf 0\nf 2\n");
  EXPECT_EQ(outcome.counts, (TranscriptCounts{.requests = 4, .freed_at_end = 2}));
}

TEST(Transcript, SaneHasOnlyWhatEveryAllocatorCanDo) {
  const Outcome outcome = transcribe({.sane = true}, [](Transcript& t) {
    t.malloc(0x1000, 0);
    t.calloc(0x2000, 3, 8);
    t.aligned(0x3000, 6, 100);
    realloc(t, 0, 0x4000, 10);
    realloc(t, 0x4000, 0x4000, 0);
    realloc(t, 0x3000, 0, 0);
    t.free(0);
    t.free(0x4000);
  });
  EXPECT_EQ(outcome.lines, "a 0 1\na 1 24\na 2 100\na 3 10\nr 3 1\nf 2\nf 3\n");
  EXPECT_EQ(outcome.counts, (TranscriptCounts{.requests = 8,
                                              .zero_sizes = 3,
                                              .plain_callocs = 1,
                                              .plain_aligned = 1,
                                              .null_resizes = 1,
                                              .null_frees = 1}));
}

TEST(Transcript, ACallocOfManyElementsKeepsItsProduct) {
  const Outcome outcome = transcribe({}, [](Transcript& t) {
    t.calloc(0x1000, 70000, 8);
    t.calloc(0x2000, 70000, 70000);
  });
  EXPECT_EQ(outcome.lines, "c 0 8 70000\nc 1 1 4900000000\n");
}

Speaker many_lives(std::uint64_t blocks) {
  return [blocks](Transcript& t) {
    for (std::uint64_t i = 1; i <= blocks; ++i) {
      t.malloc(i << 8, i);
      realloc(t, i << 8, i << 8 | 1, i + 1);
      t.free(i << 8 | 1);
      t.free(0);
    }
  };
}

TEST(Transcript, ASampleKeepsWholeLivesOfOneBlockOfSoMany) {
  const Outcome outcome = transcribe({.sample = 4, .seed = 7}, many_lives(400));
  EXPECT_EQ(std::ranges::count(outcome.lines, 'a'), 100);
  EXPECT_EQ(std::ranges::count(outcome.lines, 'r'), 100);
  EXPECT_EQ(std::ranges::count(outcome.lines, 'f'), 100);
  EXPECT_EQ(outcome.counts, (TranscriptCounts{.requests = 1600, .unsampled = 1300}));
}

TEST(Transcript, ASampleIsRepeatedByItsSeed) {
  const auto lines = [](std::uint64_t seed) {
    return transcribe({.sample = 4, .seed = seed}, many_lives(400)).lines;
  };
  EXPECT_EQ(lines(7), lines(7));
  EXPECT_NE(lines(7), lines(8));
}

std::string error_of(const TranscriptOptions& options, const Speaker& speak) {
  try {
    transcribe(options, speak);
  } catch (const InputError& error) {
    return error.what();
  }
  return "no error";
}

TEST(Transcript, NothingIsNoTrace) {
  EXPECT_EQ(error_of({}, [](Transcript& t) { t.free(0x1000); }), "t.rep: none of 1 requests is kept");
}

TEST(Transcript, MoreThanATraceHoldsIsAnError) {
  const Speaker endless = [](Transcript& t) {
    for (std::size_t i = 0; i < kMostRequests; ++i) t.free(0);
    t.malloc(0x1000, 1);
  };
  EXPECT_EQ(
      error_of({}, endless),
      "t.rep: 8388609 requests are more than the 8388608 of a trace; keep a window or a sample of them");
}

}  // namespace
}  // namespace heapjudge
