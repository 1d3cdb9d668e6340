// A reference loaded into this very process, for tests that ask it millions of things.
#pragma once

#include <dlfcn.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "judge/examine.h"
#include "judge/reference_name.h"
#include "reports/report.h"
#include "subject/local_subject.h"
#include "submission/build.h"
#include "tests/guilty/grading.h"
#include "tests/judge/heap_flips.h"
#include "tests/temporary_folder.h"
#include "tests/test_main.h"
#include "trace/rep_format.h"

namespace heapjudge {

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
  std::vector<HeapRange> touched() override { return owner_.touched(); }
  std::span<const HeapRange> mapped() override { return owner_.mapped(); }
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
      if ((replies[i].sbrk_events & kMappedChanged) != 0) return {i + 1, false};
    }
    return {commands.size(), false};
  }

 private:
  HeapChecker check_;
  bool has_heap_ = false;
};

struct Specimen {
  std::string name;                  // of a reference
  std::size_t small_trace_requests;  // all traces of up to so many; the sixth takes ten times as long
  std::vector<Flip> (*flips)(const ThreeBlocks&) = nullptr;  // each breaks the heap
};

inline void PrintTo(const Specimen& specimen, std::ostream* out) {
  *out << specimen.name;
}

// As a test may be called.
inline std::string test_name(const testing::TestParamInfo<Specimen>& specimen) {
  std::string name = specimen.param.name;
  std::ranges::replace(name, ':', '_');
  return name;
}

class InThisProcess : public testing::TestWithParam<Specimen> {
 protected:
  explicit InThisProcess(std::uint64_t heap_bytes = 1u << 20) : heap_bytes_(heap_bytes) {}

  void SetUp() override {
    const HostFiles files = host_files(binary_dir(), false);
    const Reference reference = reference_called(GetParam().name);
    const auto outcome = build({source_dir() / reference.source}, {.definitions = reference.definitions},
                               {.include_dir = source_dir() / "driver/student/include",
                                .memlib = files.memlib,
                                .scratch_dir = scratch_.path()});
    ASSERT_TRUE(std::holds_alternative<Built>(outcome)) << std::get<BuildFailed>(outcome).diagnostics;
    library_ = std::get<Built>(outcome).library;
    subject_ = load_locally({.library = library_,
                             .interface = {.aligned_function = "mm_memalign"},
                             .heap_limit_bytes = heap_bytes_});
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
  std::string complaint_about(const Trace& trace, const SubjectFactory& subjects, ExamineSettings settings) const {
    settings.rules.heap_limit_bytes = heap_bytes_;
    const Examination examination = examine(trace, subjects, settings);
    if (!examination.finding) return {};
    return verdict_text(examination.finding->fault, examination.finding->request,
                        describe(*examination.finding)) +
           "\n" + print_trace(trace);
  }

 private:
  std::uint64_t heap_bytes_;
  TemporaryFolder scratch_;
  std::filesystem::path library_;
  std::unique_ptr<void, int (*)(void*)> loaded_{nullptr, dlclose};
  HeapChecker check_ = nullptr;
  std::unique_ptr<Subject> subject_;
};

}  // namespace heapjudge
