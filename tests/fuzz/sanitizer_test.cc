// What the sanitizers say of guilty allocators, and how that is read.
#include <gtest/gtest.h>

#include <fstream>

#include "fuzz/sanitized_submission.h"
#include "fuzz/sanitizer_report.h"
#include "judge/session_subject.h"
#include "judge/session.h"
#include "submission/inspect.h"
#include "tests/temporary_folder.h"
#include "tests/test_main.h"
#include "trace/rep_format.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

class Sanitizers : public testing::Test {
 protected:
  SanitizedSubmission sanitized(const fs::path& file, const SandboxRequest& sandbox = {}) const {
    const Rubric rubric;
    fs::create_directories(folder_.path() / "plain");
    auto outcome = build_submission({file}, rubric.build, build_places(rubric, folder_.path() / "plain"));
    const fs::path library = std::get<Built>(outcome).library;
    LaunchSettings launch = launch_settings(rubric, inspect(library, rubric.inspect), library);
    launch.sandbox = sandbox;
    return SanitizedSubmission({file}, rubric, launch, folder_.path() / "sanitized");
  }

  fs::path written(const std::string& source) const {
    const fs::path file = folder_.path() / "mm.c";
    std::ofstream(file) << source;
    return file;
  }

  SanitizerView view_of(const std::string& name, heapjudge::Run run = heapjudge::Run::kFirst) const {
    const fs::path guilty = source_dir() / "tests" / "guilty";
    return sanitized(guilty / (name + ".c")).view(load_trace(guilty / (name + ".rep")), run);
  }

  TemporaryFolder folder_;
};

TEST_F(Sanitizers, RunNothingInLessThanTheFullSandboxWhereThatIsDemanded) {
  const fs::path guilty = source_dir() / "tests" / "guilty";
  const SanitizedSubmission submission = sanitized(guilty / "asserts.c", {.landlock = false, .in_full = true});
  EXPECT_THROW(submission.view(load_trace(guilty / "asserts.rep"), heapjudge::Run::kFirst), std::runtime_error);
}

#ifdef __clang__
constexpr bool kByClang = true;
#else
constexpr bool kByClang = false;
#endif

struct Guilty {
  const char* name;
  const char* sanitizer;
  const char* kind;
  const char* access;
  const char* function;  // innermost
  bool has_line = true;  // false: clang has merged two places
};

TEST_F(Sanitizers, NameTheErrorAndItsPlace) {
  const Guilty table[] = {
      {"footer_too_far", "asan", "use-after-poison", "WRITE of 8", "mm_free"},
      {"past_the_end", "asan", "use-after-poison", "WRITE of 8", "mm_malloc"},
      {"client_data_as_link", "asan", "use-after-poison", "READ of 8", "mm_malloc", false},
      {"puts_it_back", "asan", "use-after-poison", "READ of 8", "mm_malloc"},
      {"asserts", "asan", "ABRT", "", "mm_malloc"},
  };
  for (const Guilty& guilty : table) {
    const SanitizerView view = view_of(guilty.name);
    ASSERT_FALSE(view.errors.empty()) << guilty.name << ": " << view.remark;
    const SanitizerError& error = view.errors.front();
    EXPECT_EQ(error.sanitizer, guilty.sanitizer) << guilty.name;
    EXPECT_EQ(error.kind, guilty.kind) << guilty.name;
    EXPECT_EQ(error.access, guilty.access) << guilty.name;
    ASSERT_FALSE(error.stack.empty()) << guilty.name;
    EXPECT_EQ(error.stack.front().function, guilty.function) << guilty.name;
    EXPECT_EQ(error.stack.front().line > 0, guilty.has_line || !kByClang) << guilty.name;
    EXPECT_TRUE(view.remark.empty());
  }
}

TEST_F(Sanitizers, SeeNothingInAnInnocentAllocator) {
  const SanitizerView view =
      sanitized(source_dir() / "reference" / "explicit.cc").view(load_trace(source_dir() / "traces" / "short-hello.rep"), heapjudge::Run::kFirst);
  EXPECT_TRUE(view.errors.empty()) << view.errors.front().kind;
  EXPECT_EQ(view.remark, "the sanitizers see nothing here; of a payload they watch whole words of 8 bytes");
}

TEST_F(Sanitizers, SeeUndefinedBehaviourToo) {
  if (!kByClang) GTEST_SKIP() << "gcc's is left out: see fuzz/engine.cmake";
  const fs::path file = written("#include \"memlib.h\"\n#include \"mm.h\"\n"
                                "int mm_init(void) { return 0; }\n"
                                "void *mm_malloc(size_t n) {\n"
                                "  char *p = mem_sbrk((long)(((n + 15) & ~15ul) + 16));\n"
                                "  *(long *)(p + 1) = 1;\n"
                                "  return p + 16;\n"
                                "}\n"
                                "void mm_free(void *p) { (void)p; }\n");
  const Trace trace("one", {}, 1, {{.size = 16, .block = 0, .op = Op::kMalloc}});
  const SanitizerView view = sanitized(file).view(trace, heapjudge::Run::kFirst);
  ASSERT_EQ(view.errors.size(), 1u) << view.remark;
  EXPECT_EQ(view.errors[0].sanitizer, "ubsan");
  EXPECT_NE(view.errors[0].kind.find("misaligned address"), std::string::npos) << view.errors[0].kind;
  ASSERT_FALSE(view.errors[0].stack.empty());
  EXPECT_EQ(view.errors[0].stack[0].line, 6u);
}

TEST_F(Sanitizers, StopWhatTakesTooMuchMemory) {
  const fs::path file = written("#include <sys/mman.h>\n#include <string.h>\n#include \"memlib.h\"\n#include \"mm.h\"\n"
                                "int mm_init(void) {\n"
                                "  char *all = mmap(0, 8ul << 30, 3, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_POPULATE, -1, 0);\n"
                                "  for (size_t i = 0; all != MAP_FAILED && i < 8ul << 30; i += 4096) all[i] = 1;\n"
                                "  return 0;\n"
                                "}\n"
                                "void *mm_malloc(size_t n) { return mem_sbrk((long)((n + 15) & ~15ul)); }\n"
                                "void mm_free(void *p) { (void)p; }\n");
  const SanitizerView view = sanitized(file).view(load_trace(source_dir() / "traces" / "short-hello.rep"), heapjudge::Run::kFirst);
  EXPECT_EQ(view.remark, "it took too much memory under the sanitizers");
}

TEST_F(Sanitizers, SayThatItEndedBeforeTheySawAnything) {
  const fs::path file = written("#include <unistd.h>\n#include \"memlib.h\"\n#include \"mm.h\"\n"
                                "int mm_init(void) { _exit(3); }\n"
                                "void *mm_malloc(size_t n) { return mem_sbrk((long)((n + 15) & ~15ul)); }\n"
                                "void mm_free(void *p) { (void)p; }\n");
  const SanitizerView view = sanitized(file).view(Trace("none", {}, 0, {}), heapjudge::Run::kFirst);
  EXPECT_TRUE(view.errors.empty());
  EXPECT_EQ(view.remark, "the sanitizers see nothing before it ends itself without a word");
}

TEST_F(Sanitizers, AreMissedInOneSentence) {
  const fs::path file = written("#ifdef __SANITIZE_ADDRESS__\n#error not here\n#endif\n"
                                "#if defined __has_feature\n#if __has_feature(address_sanitizer)\n#error not here\n#endif\n#endif\n"
                                "#include \"memlib.h\"\n#include \"mm.h\"\n"
                                "int mm_init(void) { return 0; }\n"
                                "void *mm_malloc(size_t n) { return mem_sbrk((long)((n + 15) & ~15ul)); }\n"
                                "void mm_free(void *p) { (void)p; }\n");
  const SanitizerView view = sanitized(file).view(load_trace(source_dir() / "traces" / "short-hello.rep"), heapjudge::Run::kFirst);
  EXPECT_TRUE(view.errors.empty());
  EXPECT_TRUE(view.remark.starts_with("it does not build with the sanitizers of ")) << view.remark;
}

TEST(SanitizerReport, IsReadLineByLine) {
  const auto errors = sanitizer_errors_in(
      "library 7ffff7fb1000 800007fb1000\n"
      "dir/mm.c:12:3: runtime error: store to misaligned address 0x200000000011 for type 'long', which requires 8 byte "
      "alignment\n"
      "==7==ERROR: AddressSanitizer: heap-use-after-free on address 0x200000000040 at pc 0x1 bp 0x2 sp 0x3\n"
      "READ of size 16 at 0x200000000040 thread T0\n",
      "/nowhere");
  ASSERT_EQ(errors.size(), 2u);
  EXPECT_EQ(errors[0].kind, "heap-use-after-free");
  EXPECT_EQ(errors[0].access, "READ of 16");
  EXPECT_TRUE(errors[0].stack.empty());
  EXPECT_EQ(errors[1].kind, "store to misaligned address for type 'long', which requires 8 byte alignment");
  EXPECT_EQ(errors[1].stack, (std::vector<SourceFrame>{{.function = "", .file = "dir/mm.c", .line = 12, .column = 3}}));
}

TEST(SanitizerReport, MakesASentenceWithoutTheAddresses) {
  const auto kind = [](const std::string& words) {
    return sanitizer_errors_in("mm.c:1:2: runtime error: " + words + "\n", "/nowhere").at(0).kind;
  };
  EXPECT_EQ(kind("addition of unsigned offset to 0x7f01 overflowed to 0x0011"),
            "addition of unsigned offset to a pointer overflowed");
  EXPECT_EQ(kind("subtraction of unsigned offset from 0x7f01 overflowed to 0x9f01"),
            "subtraction of unsigned offset from a pointer overflowed");
  EXPECT_EQ(kind("pointer index expression with base 0x7f01 overflowed to 0x0011"),
            "pointer index expression with base overflowed");
  EXPECT_EQ(kind("applying non-zero offset 16 to null pointer"), "applying non-zero offset 16 to null pointer");
}

TEST(SanitizerReport, WithAnyBytesIsNoHarm) {
  for (const char* text : {"", "\n", "library", "library \n", "ERROR: AddressSanitizer: ", "ERROR: AddressSanitizer: \nWRITE",
                           ": runtime error: ", "a: runtime error: \nFRAME", "1:2: runtime error: x\nFRAME zz\n"}) {
    EXPECT_LE(sanitizer_errors_in(text, "/nowhere").size(), 1u) << text;
  }
  const std::string endless = "ERROR: AddressSanitizer: " + std::string(100'000, 'x');
  EXPECT_LE(sanitizer_errors_in(endless, "/nowhere").at(0).kind.size(), 60u);
}

}  // namespace
}  // namespace heapjudge
