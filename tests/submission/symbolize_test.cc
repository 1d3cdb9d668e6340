// Program counters become the lines that a student wrote.
#include <dlfcn.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

#include "submission/object_file.h"
#include "submission/symbolize.h"
#include "tests/submission/workshop.h"

namespace heapjudge {
namespace {

using Frames = std::vector<SourceFrame>;

constexpr const char* kProbe = R"(#include <stddef.h>
static void *seen[2];
__attribute__((noinline)) void probe(void) { seen[0] = __builtin_return_address(0); }
static inline void place(size_t size) {
  if (size > 1)
    probe();
  seen[1] = seen[0];
}
__attribute__((noinline)) void *mm_malloc(size_t size) {
  size += 8;
  place(size);
  return seen[1];
}
void *mm_calloc(size_t n, size_t size) {
  char *block = mm_malloc(n * size);
  return block + 1;
}
)";

// The offset of the call of probe() by mm_malloc(100) of the built library: one byte before its return address.
std::uint64_t noted_pc(const std::filesystem::path& library) {
  void* loaded = dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (loaded == nullptr) throw std::runtime_error(dlerror());
  auto* const entry = dlsym(loaded, "mm_malloc");
  const auto address = reinterpret_cast<std::uintptr_t>(reinterpret_cast<void* (*)(std::size_t)>(entry)(100));
  Dl_info place{};
  dladdr(entry, &place);
  const auto base = reinterpret_cast<std::uintptr_t>(place.dli_fbase);
  dlclose(loaded);
  return address - base - 1;
}

std::uint64_t entry_of(const std::filesystem::path& library, const std::string& name) {
  for (const DefinedFunction& function : read_object(library).functions) {
    if (function.name == name) return function.address;
  }
  throw std::runtime_error("no function " + name);
}

class BothCompilers : public testing::TestWithParam<const char*> {
 protected:
  static BuildSettings settings() {
    BuildSettings settings;
    settings.compiler = GetParam();
    return settings;
  }
};
INSTANTIATE_TEST_SUITE_P(Symbolize, BothCompilers, testing::Values("gcc", "clang"));

// Compilers differ in the column.
Frames without_columns(Frames frames) {
  for (SourceFrame& frame : frames) frame.column = 0;
  return frames;
}

TEST_P(BothCompilers, InlinedCallsAreFramesOfTheirOwn) {
  const Workshop workshop("inlined");
  const auto library = workshop.build_or_fail({workshop.write("src/mm.c", kProbe)}, settings()).library;
  EXPECT_EQ(without_columns(symbolize(library, {noted_pc(library)})), (Frames{{"place", "src/mm.c", 6}, {"mm_malloc", "src/mm.c", 11}}));
}

TEST_P(BothCompilers, EveryAddressOfABacktraceIsLookedUp) {
  const Workshop workshop("outer");
  const auto library = workshop.build_or_fail({workshop.write("mm.c", kProbe)}, settings()).library;
  const Frames frames = without_columns(symbolize(library, {entry_of(library, "probe"), noted_pc(library)}));
  EXPECT_EQ(frames, (Frames{{"probe", "mm.c", 3}, {"place", "mm.c", 6}, {"mm_malloc", "mm.c", 11}}));
}

TEST_P(BothCompilers, ThirtyTwoBitLibrariesAreReadToo) {
  const Workshop workshop("narrow");
  BuildSettings narrow = settings();
  narrow.abi = Abi::kIlp32;
  const auto library = workshop.build_or_fail({workshop.write("mm.c", kProbe)}, narrow).library;
  EXPECT_EQ(without_columns(symbolize(library, {entry_of(library, "mm_calloc")})), (Frames{{"mm_calloc", "mm.c", 14}}));
}

TEST_P(BothCompilers, CxxNamesAreAsWritten) {
  const Workshop workshop("cxx");
  const auto library = workshop.build_or_fail({workshop.take("modern.cc")}, settings()).library;
  const Frames frames = symbolize(library, {entry_of(library, "_ZN4mine6extendEm")});
  ASSERT_EQ(frames.size(), 1u);
  EXPECT_EQ(frames.front().function, "mine::extend(unsigned long)");
  EXPECT_EQ(frames.front().file, "modern.cc");
  EXPECT_EQ(frames.front().line, 17u);
}

TEST(Symbolize, FilesAreNamedAsTheCompilerWasGivenThem) {
  const Workshop workshop("names");
  workshop.write("lab/place.h", "static inline int here(void) { return *(volatile int *)0; }\n");
  workshop.write("lab/mm.c", "#include \"place.h\"\nint mm_init(void) {\n  return here();\n}\n");
  std::filesystem::create_directory("elsewhere");
  std::filesystem::current_path("elsewhere");
  for (const std::filesystem::path& given :
       {std::filesystem::path("../lab/mm.c"), std::filesystem::absolute("../lab/mm.c")}) {
    const auto library = workshop.build_or_fail({given}).library;
    Frames frames = symbolize(library, {entry_of(library, "mm_init")});
    ASSERT_EQ(frames.size(), 2u);
    for (SourceFrame& frame : frames) EXPECT_GT(std::exchange(frame.column, 0), 0u);
    EXPECT_EQ(frames[0], (SourceFrame{"here", given.parent_path() / "place.h", 1}));
    EXPECT_EQ(frames[1], (SourceFrame{"mm_init", given, 3}));
  }
}

TEST(Symbolize, WithoutDebugInformationTheFunctionIsNamed) {
  const Workshop workshop("no-debug");
  BuildSettings settings;
  settings.flags = {"-O2"};
  const auto library = workshop.build_or_fail({workshop.write("mm.c", kProbe)}, settings).library;
  EXPECT_EQ(symbolize(library, {entry_of(library, "mm_calloc") + 1}), (Frames{{"mm_calloc", "", 0}}));
}

TEST(Symbolize, AddressesOutsideOfEveryFunctionAreUnknown) {
  const Workshop workshop("outside");
  const auto library = workshop.build_or_fail({workshop.write("mm.c", kProbe)}).library;
  EXPECT_EQ(symbolize(library, {0, ~std::uint64_t{0}}), (Frames{{"", "", 0}, {"", "", 0}}));
  EXPECT_EQ(symbolize(library, {}), Frames{});
}

}  // namespace
}  // namespace heapjudge
