// Submissions as they are in the wild become libraries without an edit.
#include <dlfcn.h>
#include <gtest/gtest.h>

#include "submission/build.h"
#include "submission/run_tool.h"
#include "tests/submission/workshop.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

constexpr const char* kBump = R"(
#include "memlib.h"
int mm_init(void) { return 0; }
void *mm_malloc(size_t size) { return mem_sbrk(size); }
void mm_free(void *block) {}
void *mm_realloc(void *block, size_t size) { return mm_malloc(size); }
)";

BuildSettings with_compiler(const std::string& compiler, Abi abi) {
  BuildSettings settings;
  settings.compiler = compiler;
  settings.abi = abi;
  return settings;
}

struct Way {
  const char* fixture;
  const char* compiler;
  Abi abi;
  const char* shown;
};

class EveryWay : public testing::TestWithParam<Way> {};

TEST_P(EveryWay, BuildsWithoutAnEdit) {
  const Workshop workshop("every-way");
  const Built built = workshop.build_or_fail({workshop.take(GetParam().fixture)},
                                             with_compiler(GetParam().compiler, GetParam().abi));
  EXPECT_TRUE(fs::exists(built.library));
  EXPECT_TRUE(built.compiler.starts_with(std::string(GetParam().shown) + " ")) << built.compiler;
  EXPECT_EQ(built.notes, std::vector<std::string>{});
  EXPECT_EQ(inspect(built.library, classic_rules()).findings.size(), 0u)
      << testing::PrintToString(findings_of(inspect(built.library, classic_rules())));
}

INSTANTIATE_TEST_SUITE_P(
    Build, EveryWay,
    testing::Values(
        Way{"classic.c", "gcc", Abi::kLp64, "gcc"}, Way{"classic.c", "gcc", Abi::kIlp32, "gcc"},
        Way{"classic.c", "clang", Abi::kLp64, "clang"}, Way{"classic.c", "clang", Abi::kIlp32, "clang"},
        Way{"modern.c", "gcc", Abi::kLp64, "gcc"}, Way{"modern.c", "gcc", Abi::kIlp32, "gcc"},
        Way{"modern.c", "clang", Abi::kLp64, "clang"}, Way{"modern.c", "clang", Abi::kIlp32, "clang"},
        Way{"modern.cc", "gcc", Abi::kLp64, "g++"}, Way{"modern.cc", "gcc", Abi::kIlp32, "g++"},
        Way{"modern.cc", "clang", Abi::kLp64, "clang++"}, Way{"modern.cc", "clang", Abi::kIlp32, "clang++"}));

TEST(Build, SaysHowItWasBuilt) {
  const Workshop workshop("flags");
  BuildSettings settings;
  settings.abi = Abi::kIlp32;
  const Built built = workshop.build_or_fail({workshop.write("mm.c", kBump)}, settings);
  EXPECT_EQ(built.flags, "-std=gnu17 -O2 -g -DDRIVER -m32");
  EXPECT_EQ(built.sources, std::vector<fs::path>{"mm.c"});
  EXPECT_GT(built.seconds, 0);
  EXPECT_EQ(built.compiler.substr(0, 4), "gcc ");
  EXPECT_EQ(workshop.build_or_fail({workshop.take("modern.cc")}).compiler.substr(0, 4), "g++ ");
}

TEST(Build, ALibraryNeedsNothingButMemlibAndTheCLibrary) {
  const Workshop workshop("needed");
  const auto mm = workshop.take("modern.cc");
  const auto more = workshop.write(
      "more.cpp", "#include <stdexcept>\nvoid f(int n) { if (n) throw std::logic_error(\"\"); }\n");
  for (const char* compiler : {"gcc", "clang"}) {
    const Built built = workshop.build_or_fail({mm, more}, with_compiler(compiler, Abi::kLp64));
    const ToolRun run = run_tool({"sh", "-c", "readelf -d \"$0\" | grep NEEDED", built.library});
    EXPECT_NE(run.output.find("libmemlib.so]"), std::string::npos) << run.output;
    EXPECT_EQ(run.output.find("libstdc++"), std::string::npos) << run.output;
    EXPECT_EQ(run.output.find("libgcc_s"), std::string::npos) << run.output;
  }
}

TEST(Build, ALibraryLoadsAndItsOwnNamesWinOverThoseOfLibc) {
  const Workshop workshop("own-names");
  const auto source = workshop.write("mm.c", std::string(kBump) + R"(
    __attribute__((noinline)) int remove(const char *path) { return 42; }
    int optind = 7;
    int answer(void) { return remove("x") + optind; }
    int main(int argc, char **argv) { return 1; }
  )");
  const Built built = workshop.build_or_fail({source});
  void* library = dlopen(built.library.c_str(), RTLD_NOW | RTLD_LOCAL);
  ASSERT_NE(library, nullptr) << dlerror();
  EXPECT_EQ(reinterpret_cast<int (*)()>(dlsym(library, "answer"))(), 49);
  dlclose(library);
}

TEST(Build, ItsOwnHeadersWinAndOursServeWhatIsMissing) {
  const Workshop workshop("headers");
  workshop.write(
      "mm.h",
      "typedef struct { char *login; } team_t;\n#define OWN 1\ntypedef struct { int lo; } range_t;\n");
  const auto source = workshop.write("mm.c", R"(
    #include "mm.h"
    #include <memlib.h>
    #include "config.h"
    #ifndef OWN
    #error not our own mm.h
    #endif
    team_t team = {"me"};
    int mm_init(range_t **ranges) { return MAX_HEAP > 0 ? 0 : -1; }
    void *mm_malloc(size_t size) { return mem_sbrk(size); }
    void mm_free(void *block) {}
  )");
  workshop.build_or_fail({source});
}

TEST(Build, HeadersOfItsOwnFolderAreFoundFromElsewhere) {
  const Workshop workshop("folder-headers");
  workshop.write("hand in/list.h", "#include <sizes.h>\n");
  workshop.write("hand in/sizes.h", "#define CHUNK 4096\n");
  workshop.write("hand in/unused.c", "this is not C");
  const auto source =
      workshop.write("hand in/mm.c", std::string("#include \"list.h\"\nint chunk = CHUNK;") + kBump);
  workshop.build_or_fail({source});
}

TEST(Build, SeveralFilesShareTentativeGlobals) {
  const Workshop workshop("several");
  workshop.write("list.h", "int count;\nvoid *head;\nvoid push(void *);\n");
  const auto list =
      workshop.write("list.c", "#include \"list.h\"\nvoid push(void *p) { head = p; count++; }\n");
  const auto mm =
      workshop.write("mm.c", std::string("#include \"list.h\"\n") + kBump + "void f(void) { push(head); }");
  EXPECT_EQ(workshop.build_or_fail({mm, list}).sources.size(), 2u);
}

TEST(Build, AFolderIsTakenWithoutTheCoursesDriver) {
  const Workshop workshop("folder");
  workshop.write("lab/mm.c",
                 std::string("#include \"list.c\"\nvoid tree(void);\nvoid use(void) { tree(); }") + kBump);
  workshop.write("lab/list.c", "int list_length(void) { return 0; }\n");
  workshop.write("lab/tree.c", "void tree(void) {}\n");
  workshop.write("lab/memlib.c", "#error left out");
  workshop.write("lab/mdriver.c", "#error left out");
  workshop.write("lab/try.c", "void mm_init(void);\nint main(void)\n{\n  mm_init(); missing(); }\n");
  workshop.write("lab/._mm.c", "not a source");
  const Built built = workshop.build_or_fail({"lab"});
  EXPECT_EQ(built.sources, (std::vector<fs::path>{"lab/mm.c", "lab/tree.c"}));
  EXPECT_EQ(built.notes,
            (std::vector<std::string>{"list.c left out: another source includes it",
                                      "mdriver.c left out: Heapjudge brings its own",
                                      "memlib.c left out: Heapjudge brings its own",
                                      "try.c left out: a program that only calls an allocator"}));
}

TEST(Build, OfSeveralVersionsInAFolderMmIsMeant) {
  const Workshop workshop("versions");
  workshop.write("twice/mm.c", kBump);
  workshop.write("twice/mm-old.c", kBump);
  workshop.write("broken/mm.c", kBump);
  workshop.write("broken/experiment.c", "int half(void) {");
  for (const char* folder : {"twice", "broken"}) {
    const Built built = workshop.build_or_fail({folder});
    EXPECT_EQ(built.sources, std::vector<fs::path>{fs::path(folder) / "mm.c"});
    EXPECT_EQ(built.notes,
              std::vector<std::string>{
                  "only mm taken: it builds without the other sources of the folder, not with them"});
  }
}

TEST(Build, ASymbolicLinkFindsTheHeadersBesideItsTarget) {
  const Workshop workshop("link");
  workshop.write("src/sizes.h", "#define CHUNK 1\n");
  workshop.write("src/mm-v2.c", std::string("#include \"sizes.h\"\nint chunk = CHUNK;") + kBump);
  fs::create_symlink("src/mm-v2.c", "mm.c");
  EXPECT_EQ(workshop.build_or_fail({"mm.c"}).sources, std::vector<fs::path>{"mm.c"});
}

TEST(Build, LineEndsAndBytesOfAnyKindPass) {
  const Workshop workshop("bytes");
  const std::string text =
      std::string("/* caf\xe9 \xff\xfe */\r\n#define TWO(a, b) \\\r\n  a b\r\nTWO(int, x);\r\n") +
      "const char *s = \"\xe9\";\r\n" + kBump;
  for (const char* compiler : {"gcc", "clang"}) {
    workshop.build_or_fail({workshop.write("mm.c", text)}, with_compiler(compiler, Abi::kLp64));
  }
}

TEST(Build, OldStyleDefinitionsAndImplicitDeclarationsPass) {
  const Workshop workshop("old");
  const auto source = workshop.write("mm.c", R"(
    extern void *mem_sbrk(int);
    static int check();
    helper(n) { return n + late(n); }
    late(n) int n; { return check(n); }
    static int check(a) int a; { char *p = a; int q = p; return q; }
    int mm_init() { return helper(0) > 0; }
    char *mm_malloc(size) unsigned size; { return mem_sbrk(size); }
    void mm_free(block) char *block; {}
  )");
  const Built built = workshop.build_or_fail({source});
  EXPECT_EQ(built.compiler.substr(0, 3), "gcc");
}

TEST(Build, NamesThatLookLikeOptionsAreFiles) {
  const Workshop workshop("names");
  workshop.build_or_fail({workshop.write("-mm.c", kBump)});
  workshop.build_or_fail({workshop.write("@mm.c", kBump)});
  workshop.build_or_fail({workshop.write("mm $(x) 'y'.c", kBump)});
}

TEST(Build, PlainC99InlineIsRescued) {
  const Workshop workshop("inline");
  const auto source = workshop.write("mm.c", std::string(kBump) +
                                                 "inline int twice(int n) { return 2 * n; }\n"
                                                 "int (*pick(void))(int) { return twice; }\n");
  EXPECT_EQ(workshop.build_or_fail({source}).notes, std::vector<std::string>{"needed -fgnu89-inline"});
}

TEST(Build, TheOtherCompilerIsTried) {
  const Workshop workshop("other");
  const auto nested = workshop.write(
      "mm.c", std::string(kBump) + "int f(int a) { int g(int b) { return a + b; } return g(1); }");
  const Built by_gcc = workshop.build_or_fail({nested}, with_compiler("clang", Abi::kLp64));
  EXPECT_EQ(by_gcc.notes, std::vector<std::string>{"built with gcc: clang refuses it"});
  const auto overloads =
      workshop.write("mm2.c", std::string(kBump) +
                                  "int f(int) __attribute__((overloadable));\n"
                                  "int f(int a) __attribute__((overloadable)) ;\n"
                                  "__attribute__((overloadable)) int f(char *a) { return 0; }\n");
  const Built by_clang = workshop.build_or_fail({overloads}, with_compiler("gcc", Abi::kLp64));
  EXPECT_EQ(by_clang.notes, std::vector<std::string>{"built with clang: gcc refuses it"});
}

TEST(Build, CountsPointersSqueezedIntoIntegers) {
  const Workshop workshop("casts");
  const auto source = workshop.write("mm.c", std::string(kBump) +
                                                 "unsigned f(char *p) { return (unsigned)p + (int)p; }\n"
                                                 "char *g(unsigned n) { return (char *)n; }\n");
  for (const char* compiler : {"gcc", "clang"}) {
    EXPECT_EQ(workshop.build_or_fail({source}, with_compiler(compiler, Abi::kLp64)).pointer_cast_warnings,
              3u);
    EXPECT_EQ(workshop.build_or_fail({source}, with_compiler(compiler, Abi::kIlp32)).pointer_cast_warnings,
              0u);
  }
}

}  // namespace
}  // namespace heapjudge
