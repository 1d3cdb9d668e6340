// The innocent are acquitted: the references on every default trace, on all small ones and on many random
// ones.
#include <dlfcn.h>
#include <gtest/gtest.h>

#include <array>
#include <memory>
#include <ostream>

#include "judge/examine.h"
#include "judge/session.h"
#include "reports/report.h"
#include "subject/local_subject.h"
#include "tests/guilty/grading.h"
#include "tests/judge/heap_flips.h"
#include "tests/test_main.h"
#include "trace/generate.h"
#include "trace/rep_format.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

struct Variant {
  const char* source;  // reference/<source>
  const char* definition;
  Abi abi = Abi::kLp64;
};

constexpr Variant kVariants[] = {
    {"implicit.cc", "HEAPJUDGE_FIT=first"},
    {"implicit.cc", "HEAPJUDGE_FIT=next"},
    {"implicit.cc", "HEAPJUDGE_FIT=best"},
    {"implicit.cc", "HEAPJUDGE_FIT=worst"},
    {"implicit.cc", "HEAPJUDGE_FIT=first", Abi::kIlp32},
    {"explicit.cc", nullptr},
    {"explicit.cc", nullptr, Abi::kIlp32},
    {"bump.cc", nullptr},
    {"bump.cc", nullptr, Abi::kIlp32},
    {"buddy.cc", nullptr},
    {"buddy.cc", nullptr, Abi::kIlp32},
    {"bitmap.cc", nullptr},
    {"bitmap.cc", nullptr, Abi::kIlp32},
    {"tlsf.cc", nullptr},
    {"tlsf.cc", nullptr, Abi::kIlp32},
    {"segregated.cc", nullptr},
    {"segregated.cc", nullptr, Abi::kIlp32},
};

std::vector<std::string> default_traces() {
  std::vector<std::string> traces;
  for (const auto& entry : fs::directory_iterator(source_dir() / "traces")) {
    if (entry.path().extension() == ".rep") traces.push_back(entry.path().string());
  }
  return traces;
}

class References : public testing::TestWithParam<Variant> {};

// With every growth of the heap refused in turn, too.
TEST_P(References, PassEveryDefaultTrace) {
  const GradeSheet sheet =
      grade_submission(fs::path("reference") / GetParam().source, default_traces(),
                       {.refuse_growth = true, .abi = GetParam().abi, .definition = GetParam().definition});
  EXPECT_TRUE(sheet.static_findings.empty());
  ASSERT_GT(sheet.traces.size(), 10u);
  for (const TraceRow& row : sheet.traces) EXPECT_EQ(verdict_of(row), "passed") << row.result.name;
  EXPECT_TRUE(sheet.correct);
}

INSTANTIATE_TEST_SUITE_P(All, References, testing::ValuesIn(kVariants),
                         [](const auto& variant) { return "variant_" + std::to_string(variant.index); });

// Hands every examination the same subject: loading it anew for each of a million small traces takes minutes.
class LentSubject : public Subject {
 public:
  explicit LentSubject(Subject& owner) : owner_(owner) {}
  Progress begin(const RunSettings& settings, Reply& reply) override { return owner_.begin(settings, reply); }
  Progress serve(std::span<const Command> commands, std::span<Reply> replies) override {
    return owner_.serve(commands, replies);
  }
  std::size_t max_batch() const override { return owner_.max_batch(); }
  std::span<std::byte> heap() override { return owner_.heap(); }
  std::uint64_t heap_base() const override { return owner_.heap_base(); }
  std::uint64_t touched_bytes() override { return owner_.touched_bytes(); }
  std::uint64_t bytes_outside_heap() override { return owner_.bytes_outside_heap(); }
  std::string isolation() const override { return owner_.isolation(); }
  const Ending& end() override { return owner_.end(); }

 private:
  Subject& owner_;
};

using HeapChecker = bool (*)(int line);

// Has the subject's own checker look at the heap after each request, unless mm_init was refused one.
class WatchedSubject final : public LentSubject {
 public:
  WatchedSubject(Subject& owner, HeapChecker check) : LentSubject(owner), check_(check) {}

  Progress begin(const RunSettings& settings, Reply& reply) override {
    const Progress progress = LentSubject::begin(settings, reply);
    has_heap_ = reply.offset == kInitOk;
    return progress;
  }

  Progress serve(std::span<const Command> commands, std::span<Reply> replies) override {
    for (std::size_t i = 0; i < commands.size(); ++i) {
      const Progress progress = LentSubject::serve(commands.subspan(i, 1), replies.subspan(i, 1));
      if (progress.ended) return {i + progress.served, true};
      if (commands[i].verb == Verb::kInit) has_heap_ = replies[i].offset == kInitOk;
      EXPECT_TRUE(!has_heap_ || check_(__LINE__));
    }
    return {commands.size(), false};
  }

 private:
  HeapChecker check_;
  bool has_heap_ = false;
};

struct Reference {
  const char* source;                // reference/<source>
  std::size_t small_trace_requests;  // all traces of up to so many; the sixth takes ten times as long
  std::vector<Flip> (*flips)(const ThreeBlocks&) = nullptr;  // each breaks the heap
};

void PrintTo(const Reference& reference, std::ostream* out) {
  *out << reference.source;
}

class InThisProcess : public testing::TestWithParam<Reference> {
 protected:
  static constexpr std::uint64_t kHeapBytes = 1u << 20;

  void SetUp() override {
    const HostFiles files = host_files(binary_dir(), false);
    const auto outcome = build({source_dir() / "reference" / GetParam().source}, {},
                               {.include_dir = source_dir() / "driver/student/include",
                                .memlib = files.memlib,
                                .scratch_dir = scratch_.path()});
    ASSERT_TRUE(std::holds_alternative<Built>(outcome)) << std::get<BuildFailed>(outcome).diagnostics;
    library_ = std::get<Built>(outcome).library;
    subject_ = load_locally({.library = library_,
                             .interface = {.aligned_function = "mm_memalign"},
                             .heap_limit_bytes = kHeapBytes});
    loaded_.reset(dlopen(library_.c_str(), RTLD_NOW));
    check_ = reinterpret_cast<HeapChecker>(dlsym(loaded_.get(), "mm_checkheap"));
    ASSERT_NE(check_, nullptr);
  }

  // As the reference's own checker sees it.
  bool heap_is_sound() {
    testing::internal::CaptureStderr();
    const bool sound = check_(__LINE__);
    const std::string said = testing::internal::GetCapturedStderr();
    EXPECT_EQ(said.empty(), sound);
    return sound;
  }

  ThreeBlocks place_three_blocks() {
    Reply reply;
    subject_->begin({}, reply);
    std::array<std::uint64_t, 3> payloads{};
    for (std::uint64_t& payload : payloads) {
      payload = serve({.size = 40, .verb = Verb::kMalloc}).offset;
    }
    serve({.offset = payloads[1], .verb = Verb::kFree});
    return {subject_->heap(), payloads};
  }

  Subject& subject() { return *subject_; }

  Reply serve(const Command& command) {
    Reply reply;
    subject_->serve({&command, 1}, {&reply, 1});
    return reply;
  }

  std::unique_ptr<Subject> lent() { return std::make_unique<LentSubject>(*subject_); }
  std::unique_ptr<Subject> watched() { return std::make_unique<WatchedSubject>(*subject_, check_); }

  // Empty when it is acquitted.
  static std::string complaint_about(const Trace& trace, const SubjectFactory& subjects,
                                     ExamineSettings settings) {
    settings.rules.heap_limit_bytes = kHeapBytes;
    const Examination examination = examine(trace, subjects, settings);
    if (!examination.finding) return {};
    return verdict_text(examination.finding->fault, examination.finding->request,
                        describe(*examination.finding)) +
           "\n" + print_trace(trace);
  }

 private:
  TemporaryFolder scratch_;
  fs::path library_;
  std::unique_ptr<void, int (*)(void*)> loaded_{nullptr, dlclose};
  HeapChecker check_ = nullptr;
  std::unique_ptr<Subject> subject_;
};

// A size that shares a block with another, one that fills a block, and one that needs a larger one.
TEST_P(InThisProcess, IsAcquittedOnAllSmallTracesOverThreeSizes) {
  constexpr std::array<std::uint64_t, 3> kSizes{8, 16, 40};
  std::size_t traces = 0;
  for_each_small_trace(GetParam().small_trace_requests, kSizes, [&](const Trace& trace) {
    ++traces;
    if (HasFailure()) return;
    EXPECT_EQ(complaint_about(trace, [this] { return lent(); }, {.rerun = false, .other_fill = false}), "");
  });
  RecordProperty("traces", static_cast<int>(traces));
  EXPECT_GT(traces, 10000u);
}

TEST_P(InThisProcess, IsAcquittedAndSoundOnTenThousandRandomTraces) {
  constexpr std::array kMixes{kP0Mix, kP1Mix, kP2Mix, kP3Mix};
  for (std::uint64_t seed = 1; seed <= 10000 && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const Trace trace = random_trace(seed, 60, kMixes[seed % kMixes.size()]);
    EXPECT_EQ(complaint_about(trace, [this] { return watched(); }, {.refuse_growth = seed % 8 == 0}), "");
  }
}

INSTANTIATE_TEST_SUITE_P(All, InThisProcess,
                         testing::Values(Reference{"implicit.cc", 6},
                                         Reference{"explicit.cc", 5},
                                         Reference{"bump.cc", 5},
                                         Reference{"buddy.cc", 5},
                                         Reference{"bitmap.cc", 5},
                                         Reference{"tlsf.cc", 5},
                                         Reference{"segregated.cc", 5}),
                         [](const auto& source) { return fs::path(source.param.source).stem().string(); });

// A checker that has only met sound heaps is not tested.
class Checkers : public InThisProcess {};

TEST_P(Checkers, SeeEveryBitThatIsChanged) {
  const ThreeBlocks blocks = place_three_blocks();
  ASSERT_TRUE(heap_is_sound());
  for (const Flip& flip : GetParam().flips(blocks)) {
    apply(blocks, flip);
    EXPECT_FALSE(heap_is_sound()) << "word at " << flip.offset << ", bits " << flip.bits;
    apply(blocks, flip);
  }
  EXPECT_TRUE(heap_is_sound());
}

INSTANTIATE_TEST_SUITE_P(All, Checkers,
                         testing::Values(Reference{"implicit.cc", 0, flips_of_boundary_tags},
                                         Reference{"explicit.cc", 0, flips_of_boundary_tags},
                                         Reference{"bump.cc", 0, flips_of_lower_tags},
                                         Reference{"buddy.cc", 0, flips_of_buddies},
                                         Reference{"bitmap.cc", 0, flips_of_map},
                                         Reference{"tlsf.cc", 0, flips_of_two_levels}),
                         [](const auto& source) { return fs::path(source.param.source).stem().string(); });

// The segregated reference has no tags around small blocks, and so a picture of its own.
class Zones : public InThisProcess {
 protected:
  // Small blocks, the first ones with tags, the last ones in slots of a zone; a larger one, free, between two
  // others.
  void SetUp() override {
    InThisProcess::SetUp();
    Reply reply;
    subject().begin({}, reply);
    const auto take_small = [this] { return serve({.size = kSlot, .verb = Verb::kMalloc}).offset; };
    std::uint64_t before = take_small();
    for (auto next = take_small(); next != before + kSlot; next = take_small()) before = next;
    zone_ = before - kZoneHead;
    for (std::uint64_t& payload : large_) payload = serve({.size = 504, .verb = Verb::kMalloc}).offset;
    serve({.offset = large_[1], .verb = Verb::kFree});
  }

  ThreeBlocks large_blocks() { return {subject().heap(), large_}; }

  void expect_noticed(std::uint64_t offset, std::uint64_t bits) {
    apply(large_blocks(), {offset, bits});
    EXPECT_FALSE(heap_is_sound()) << "word at " << offset << ", bits " << bits;
    apply(large_blocks(), {offset, bits});
  }

  static constexpr std::uint64_t kWord = 8;
  static constexpr std::uint64_t kSlot = 64;
  static constexpr std::uint64_t kZoneHead = 16;

  std::uint64_t zone_ = 0;
  std::array<std::uint64_t, 3> large_{};
};

TEST_P(Zones, TagsLinksAndSizesAreChecked) {
  ASSERT_TRUE(heap_is_sound());
  for (const std::uint64_t payload : large_) {
    for (const std::uint64_t bits : {1u, 2u, 4u, 16u, 32u, 0x1000u}) expect_noticed(payload - kWord, bits);
  }
  const std::uint64_t size_at_end = large_[2] - 2 * kWord;
  for (const std::uint64_t word : {large_[1], large_[1] + kWord, size_at_end}) expect_noticed(word, 64);
  EXPECT_TRUE(heap_is_sound());
}

TEST_P(Zones, HeadsAndTheMapAreChecked) {
  constexpr std::uint64_t kSlotBeyondTheLast = std::uint64_t{1} << 63;
  constexpr std::uint64_t kNext = 8;
  constexpr std::uint64_t kPrevious = std::uint64_t{8} << 32;
  constexpr std::uint64_t kClass = 1 << 16;
  constexpr std::uint64_t kSlots = 32 << 24;
  const std::uint64_t zone_bytes = large_blocks().word_at(zone_ - kWord) & 0xfff0;
  const std::uint64_t map = zone_ + zone_bytes;
  ASSERT_TRUE(heap_is_sound());
  for (const std::uint64_t bits : {std::uint64_t{1}, std::uint64_t{2}, std::uint64_t{4}, kClass, kSlots}) {
    expect_noticed(zone_ - kWord, bits);
  }
  expect_noticed(zone_, kSlotBeyondTheLast);
  expect_noticed(zone_ + kWord, kNext);
  expect_noticed(zone_ + kWord, kPrevious);
  for (std::uint64_t word = 1; word < 4; ++word) expect_noticed(map + word * kWord, 1);
  EXPECT_TRUE(heap_is_sound());
}

TEST_P(Zones, FreedSlotsAreChecked) {
  constexpr std::uint64_t kOneMoreIdle = std::uint64_t{1} << 32;
  const std::uint64_t older = zone_ + kZoneHead;
  const std::uint64_t newer = older + kSlot;
  for (const std::uint64_t slot : {older, newer}) serve({.offset = slot, .verb = Verb::kFree});
  ASSERT_TRUE(heap_is_sound());
  for (const std::uint64_t bits : {1u, 16u, 0x40000000u}) expect_noticed(newer, bits);
  serve({.size = 100000, .verb = Verb::kMalloc});  // the heap grows: the slots return to their zone
  ASSERT_TRUE(heap_is_sound());
  for (const std::uint64_t bits : {std::uint64_t{1}, kOneMoreIdle}) expect_noticed(zone_, bits);
  EXPECT_TRUE(heap_is_sound());
}

INSTANTIATE_TEST_SUITE_P(All, Zones, testing::Values(Reference{"segregated.cc", 0}),
                         [](const auto& source) { return fs::path(source.param.source).stem().string(); });

}  // namespace
}  // namespace heapjudge
