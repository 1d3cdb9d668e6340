// What is convicted before anything runs, and what is not.
#include <gtest/gtest.h>

#include "submission/inspect.h"
#include "tests/submission/workshop.h"

namespace heapjudge {
namespace {

using Lines = std::vector<std::string>;

constexpr const char* kInit = "#include <stddef.h>\nint mm_init(void) { return 0; }\n";
constexpr const char* kMalloc = "void *mm_malloc(size_t size) { return 0; }\n";
constexpr const char* kFree = "void mm_free(void *block) {}\n";

Inspection inspect_text(const std::string& text, Abi abi = Abi::kLp64, const std::string& file = "mm.c",
                        const std::string& compiler = "gcc") {
  const Workshop workshop("inspect");
  BuildSettings settings;
  settings.abi = abi;
  settings.compiler = compiler;
  return inspect(workshop.build_or_fail({workshop.write(file, text)}, settings).library, classic_rules());
}

Inspection inspect_fixture(const std::string& name, Abi abi = Abi::kLp64) {
  const Workshop workshop("inspect-fixture");
  BuildSettings settings;
  settings.abi = abi;
  return inspect(workshop.build_or_fail({workshop.take(name)}, settings).library, classic_rules());
}

// The findings of an allocator whose mm_init, mm_malloc and mm_free are these, in both widths.
void expect_findings(const std::string& text, const Lines& expected) {
  for (const Abi abi : {Abi::kLp64, Abi::kIlp32}) {
    EXPECT_EQ(findings_of(inspect_text("#include <stddef.h>\n" + text, abi)), expected) << text;
  }
}

TEST(Inspect, TellsWhatASubmissionOffers) {
  for (const Abi abi : {Abi::kLp64, Abi::kIlp32}) {
    const Inspection classic = inspect_fixture("classic.c", abi);
    EXPECT_TRUE(classic.has_realloc);
    EXPECT_FALSE(classic.has_calloc);
    EXPECT_EQ(classic.aligned_function, "");
    EXPECT_EQ(classic.init, InitConvention::kZeroIsSuccess);
    EXPECT_EQ(classic.global_bytes, abi == Abi::kLp64 ? 40u : 20u);  // team

    const Inspection cxx = inspect_fixture("modern.cc", abi);
    EXPECT_TRUE(cxx.has_realloc);
    EXPECT_EQ(cxx.aligned_function, "mm_memalign");
    EXPECT_EQ(cxx.global_bytes, 0u);
    EXPECT_EQ(findings_of(cxx), Lines{});
  }
  const Inspection modern = inspect_fixture("modern.c");
  EXPECT_TRUE(modern.has_calloc);
  EXPECT_EQ(modern.init, InitConvention::kTrueIsSuccess);
  EXPECT_EQ(modern.global_bytes, 8u);
}

TEST(Inspect, ABoolIsABoolThroughTypedefs) {
  const std::string rest = std::string(kMalloc) + kFree;
  EXPECT_EQ(inspect_text("#include <stddef.h>\ntypedef _Bool ok;\ntypedef const ok done;\ndone mm_init(void) "
                         "{ return 1; }\n" +
                         rest)
                .init,
            InitConvention::kTrueIsSuccess);
  EXPECT_EQ(
      inspect_text("#include <stddef.h>\ntypedef char bool;\nbool mm_init(void) { return 1; }\n" + rest).init,
      InitConvention::kZeroIsSuccess);
  EXPECT_EQ(inspect_text("#include <stddef.h>\nvoid mm_init() {}\n" + rest).init,
            InitConvention::kZeroIsSuccess);
}

TEST(Inspect, MissingFunctionsAreE503ExceptRealloc) {
  const Inspection inspection =
      inspect_text("int mm_init(void) { return 0; }\nstatic void mm_free(void *p) {}\n");
  EXPECT_EQ(findings_of(inspection),
            (Lines{"E503 mm_malloc: mm_malloc is not defined", "E503 mm_free: mm_free is not defined"}));
  EXPECT_FALSE(inspection.has_realloc);
}

TEST(Inspect, ARubricMayRequireMoreFunctions) {
  const Workshop workshop("inspect-required");
  const auto source = workshop.write("mm.c", std::string(kInit) + kMalloc +
                                                 "void *mm_calloc(size_t n, size_t size) "
                                                 "{ return 0; }\n");
  InspectSettings rules = classic_rules();
  rules.required_functions = {"realloc", "calloc", "free"};
  EXPECT_EQ(findings_of(inspect(workshop.build_or_fail({source}, {}).library, rules)),
            (Lines{"E503 mm_free: mm_free is not defined", "E503 mm_realloc: mm_realloc is not defined"}));
}

TEST(Inspect, ACxxFunctionWithoutExternCIsToldSo) {
  const Inspection inspection = inspect_text(
      "#include <stddef.h>\nextern \"C\" int mm_init() { return 0; }\nvoid *mm_malloc(size_t) { return 0; }\n"
      "extern \"C\" void mm_free(void *) {}\n",
      Abi::kLp64, "mm.cpp");
  EXPECT_EQ(findings_of(inspection),
            Lines{"E503 mm_malloc: mm_malloc is a C++ function: declare it extern \"C\""});
}

TEST(Inspect, SignaturesOfTheWildPass) {
  expect_findings(
      "typedef struct r { int lo; } range_t;\nint mm_init(range_t **r) { return 0; }\n"
      "void *mm_malloc(int size) { return 0; }\nint mm_free(char *block) { return 0; }\n"
      "char *mm_realloc(long *block, unsigned size) { return 0; }\n"
      "void *mm_calloc(unsigned n, size_t size) { return 0; }\n",
      {});
  expect_findings(
      "int mm_init() { return 0; }\nchar *mm_malloc(size) unsigned size; { return 0; }\n"
      "void mm_free(block) char *block; {}\n",
      {});
  expect_findings(
      "enum size { kSmall };\ntypedef void *ptr;\nvoid mm_init(void) {}\n"
      "ptr mm_malloc(const enum size size) { return 0; }\nvoid mm_free(const ptr block) {}\n",
      {});
}

TEST(Inspect, SignaturesThatCannotBeCalledAreE503) {
  const std::string init = "int mm_init(void) { return 0; }\n";
  expect_findings(init + kFree + "int mm_malloc(int size) { return 0; }\n",
                  {"E503 mm_malloc: mm_malloc does not return a pointer"});
  expect_findings(init + kFree + "void *mm_malloc(size_t align, size_t size) { return 0; }\n",
                  {"E503 mm_malloc: mm_malloc takes 2 parameters; 1 parameter expected: (size)"});
  expect_findings(init + kMalloc + "void mm_free(void) {}\n",
                  {"E503 mm_free: mm_free takes no parameter; 1 parameter expected: (block)"});
  expect_findings(
      init + kMalloc + kFree + "void *mm_realloc(size_t size, void *block) { return 0; }\n",
      {"E503 mm_realloc: mm_realloc has parameter 1 of another kind; a pointer is expected: (block, size)"});
  expect_findings("int mm_init(int a, int b) { return 0; }\n" + std::string(kMalloc) + kFree,
                  {"E503 mm_init: mm_init takes 2 parameters; none is expected"});
}

TEST(Inspect, SignaturesAreReadFromClangsDebugInformationToo) {
  const std::string text = std::string(kInit) + kFree + "void *mm_malloc(double size) { return 0; }\n";
  EXPECT_EQ(
      findings_of(inspect_text(text, Abi::kLp64, "mm.c", "clang")),
      Lines{"E503 mm_malloc: mm_malloc has parameter 1 of another kind; an integer is expected: (size)"});
}

TEST(Inspect, WithoutDebugInformationNoSignatureIsJudged) {
  const Workshop workshop("no-debug");
  BuildSettings settings;
  settings.flags = {"-O2"};
  const auto source =
      workshop.write("mm.c", std::string(kInit) + kFree + "int mm_malloc(int size) { return 0; }\n");
  EXPECT_EQ(findings_of(inspect(workshop.build_or_fail({source}, settings).library, classic_rules())),
            Lines{});
}

TEST(Inspect, FunctionsThatAreForbiddenAreE501) {
  const std::string text =
      std::string(kInit) + kFree +
      "#include <stdlib.h>\n#include <sys/mman.h>\n"
      "void *mm_malloc(size_t size) { return malloc(size) ? : mmap(0, size, 0, 0, 0, 0); }\n";
  for (const Abi abi : {Abi::kLp64, Abi::kIlp32}) {
    EXPECT_EQ(
        findings_of(inspect_text(text, abi)),
        (Lines{
            "E501 malloc: the submission calls malloc, which is not allowed: its memory comes from mem_sbrk",
            "E501 mmap: the submission calls mmap, which is not allowed: its memory comes from mem_sbrk"}));
  }
}

TEST(Inspect, WhatTheSubmissionDefinesItselfIsNotForbidden) {
  const Workshop workshop("own-malloc");
  const auto mm =
      workshop.write("mm.c", std::string(kInit) + kFree +
                                 "void *sbrk(long);\nvoid *mm_malloc(size_t n) { return sbrk(n); }\n");
  const auto sbrk = workshop.write("sbrk.c", "void *sbrk(long n) { return 0; }\n");
  EXPECT_EQ(findings_of(inspect(workshop.build_or_fail({mm, sbrk}).library, classic_rules())), Lines{});
}

TEST(Inspect, OnlyTheSubmissionsOwnUsesCountInCxx) {
  const std::string interface =
      "extern \"C\" int mm_init() { return 0; }\nextern \"C\" void *mm_malloc(unsigned long n) { return "
      "f(n); }\n"
      "extern \"C\" void mm_free(void *) {}\n";
  const std::string text =
      "#include <stdexcept>\n#include <string>\n"
      "static void *f(unsigned long n) { if (n == 77) throw std::runtime_error(\"x\"); return 0; }\n";
  const Inspection innocent = inspect_text(text + interface, Abi::kLp64, "mm.cc");
  EXPECT_EQ(findings_of(innocent), Lines{});
  EXPECT_LT(innocent.global_bytes, 64u);
  EXPECT_EQ(findings_of(inspect_text("static void *f(unsigned long n) { return new char[n]; }\n" + interface,
                                     Abi::kLp64, "mm.cc")),
            Lines{"E501 operator new: the submission calls operator new, which is not allowed: its memory "
                  "comes from mem_sbrk"});
}

TEST(Inspect, TooMuchGlobalDataIsE502) {
  const std::string rest = std::string(kInit) + kMalloc + kFree;
  for (const Abi abi : {Abi::kLp64, Abi::kIlp32}) {
    const Inspection inspection =
        inspect_text(rest +
                         "char pool[80000000];\nint small = 3;\nconst char text[5000] = {1};\nconst char "
                         "*const table[400] = {text};\n",
                     abi);
    EXPECT_EQ(inspection.global_bytes, 80000004u);
    EXPECT_EQ(
        findings_of(inspection),
        Lines{
            "E502 pool: 80000004 bytes of global data, 1024 are allowed; the largest is pool with 80000000"});
  }
  EXPECT_EQ(findings_of(inspect_text(rest + "void *f(void) { static int nodes[300]; return nodes; }\n")),
            Lines{"E502 nodes: 1200 bytes of global data, 1024 are allowed; the largest is nodes with 1200"});
}

TEST(Inspect, DataInSectionsOfAnyNameCounts) {
  const std::string rest = std::string(kInit) + kMalloc + kFree;
  for (const char* pool :
       {"__attribute__((section(\".got.pool\"))) char pool[5000] = {1};", "_Thread_local char pool[5000];",
        "asm(\".pushsection pool,\\\"aw\\\",@note\\n .zero 5000\\n .popsection\");"}) {
    const Inspection inspection = inspect_text(rest + pool);
    EXPECT_EQ(inspection.global_bytes, 5000u) << pool;
    EXPECT_EQ(inspection.findings.size(), 1u) << pool;
  }
}

TEST(Inspect, ATentativeGlobalOfSeveralFilesIsOneVariable) {
  const Workshop workshop("common");
  workshop.write("list.h", "char table[512];\n");
  const auto list = workshop.write("list.c", "#include \"list.h\"\n");
  const auto mm = workshop.write("mm.c", std::string("#include \"list.h\"\n") + kInit + kMalloc + kFree);
  EXPECT_EQ(inspect(workshop.build_or_fail({mm, list}).library, classic_rules()).global_bytes, 512u);
}

TEST(Inspect, OtherPrefixesAreFound) {
  const Workshop workshop("prefix");
  InspectSettings rules = classic_rules();
  rules.prefix = "my_";
  const auto source = workshop.write(
      "mm.c",
      "int my_init(void) { return 0; }\nvoid *my_malloc(unsigned long n) { return 0; }\n"
      "void my_free(void *p) {}\nvoid *my_aligned_alloc(unsigned long a, unsigned long n) { return 0; }\n");
  const Inspection inspection = inspect(workshop.build_or_fail({source}).library, rules);
  EXPECT_EQ(findings_of(inspection), Lines{});
  EXPECT_EQ(inspection.aligned_function, "my_aligned_alloc");
}

OwnChecker checker_in(const std::string& text, Abi abi = Abi::kLp64) {
  return inspect_text(std::string("#include <stdbool.h>\n") + kInit + kMalloc + kFree + text, abi).checker;
}

TEST(Inspect, FindsItsOwnCheckerUnderManyNames) {
  EXPECT_EQ(checker_in(""), OwnChecker{});
  for (const char* name : {"mm_checkheap", "mm_check_heap", "mm_heapcheck", "mm_check", "checkheap"}) {
    EXPECT_EQ(checker_in(std::string("int ") + name + "(int line) { return 0; }"), (OwnChecker{name, 4, {}}));
  }
  EXPECT_EQ(checker_in("int mm_check(void) { return 0; } int mm_checkheap(int l) { return 1; }").function, "mm_checkheap");
}

TEST(Inspect, KnowsHowManyBytesOfTheResultOfItsCheckerCount) {
  for (const Abi abi : {Abi::kLp64, Abi::kIlp32}) {
    EXPECT_EQ(checker_in("bool mm_checkheap(int line) { return true; }", abi).result_bytes, 1u);
    EXPECT_EQ(checker_in("short mm_check() { return 0; }", abi).result_bytes, 2u);
    EXPECT_EQ(checker_in("typedef long long word; word mm_check(void) { return 0; }", abi).result_bytes, 8u);
    EXPECT_EQ(checker_in("void mm_checkheap(int verbose) {}", abi), (OwnChecker{"mm_checkheap", 0, {}}));
  }
}

TEST(Inspect, ACheckerThatCannotBeCalledSafelyIsNot) {
  EXPECT_EQ(checker_in("static int mm_check(void) { return 0; } int x(void) { return mm_check(); }"), OwnChecker{});
  EXPECT_EQ(checker_in("int mm_check(const char *where) { return 0; }").not_called, "mm_check takes no number");
  EXPECT_EQ(checker_in("int mm_check(int a, int b) { return 0; }").not_called, "mm_check takes 2 parameters");
  EXPECT_EQ(checker_in("char *mm_check(void) { return 0; }").not_called, "mm_check does not return a number");
}

}  // namespace
}  // namespace heapjudge
