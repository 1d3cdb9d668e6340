// Hand-ins in the manner of students: each builds without an edit, and each trace tells what it deserves.
#include <gtest/gtest.h>

#include <array>
#include <ostream>

#include "tests/guilty/grading.h"
#include "tests/test_main.h"

namespace heapjudge {
namespace {

// The traces, in the order of the table below. Each contract has one of its own, so that a shallow
// disagreement hides nothing deeper.
constexpr std::array kTraces{"plain", "realloc", "free_null", "realloc_null", "refused"};

struct HandIn {
  const char* name;                                  // tests/students/<name>
  std::array<const char*, kTraces.size()> verdicts;  // "passed", a code, or "not run"
  GradingSettings settings = {};
};

constexpr const char* kOk = "passed";
constexpr GradingSettings k32Bit{.abi = Abi::kIlp32};
constexpr GradingSettings kEightAligned{.alignment = 8};
constexpr GradingSettings kLowHeap{.alignment = 8, .heap_base = HeapBase::kLow};

// Its own checker, and the layout that one course of 64-bit programs prescribes.
constexpr GradingSettings kAskedAll{
    .own_checks = true, .layout = BlockLayout{.footers = BlockLayout::Footers::kAll, .walk = true}};

// A header, then the link that a free block needs.
constexpr GradingSettings kLinkBetween{.layout = BlockLayout{.header_bytes = 16, .flag_bits = 1, .walk = true}};

constexpr HandIn kHandIns[] = {
    // Pointers in 4 bytes: wrong as a 64-bit program, right as a 32-bit one and with a low heap.
    {"words.c", {"E301", "E301", "E108", "E301", "E301"}},
    {"words.c", {"E301", "E301", "E108", "E301", "E301"}, kEightAligned},
    {"words.c", {kOk, kOk, "E108", kOk, kOk}, k32Bit},
    {"words.c", {kOk, kOk, "E108", kOk, kOk}, kLowHeap},

    {"segregated.c", {kOk, kOk, "E108", "E108", kOk}},
    {"segregated.c", {kOk, kOk, "E108", "E108", kOk}, kLinkBetween},
    {"segregated.c", {"E401", "E401", "E401", "E301", "E401"}, kAskedAll},
    {"explicit.c", {kOk, kOk, kOk, kOk, kOk}},
    {"modern.c", {kOk, kOk, kOk, kOk, kOk}},
    {"modern.c", {kOk, kOk, kOk, kOk, kOk}, kAskedAll},
    {"assert_happy.c", {kOk, kOk, "E108", "E108", "E202"}},
    {"no_realloc.c", {kOk, "not run", kOk, "not run", kOk}},
    {"chatty.c", {kOk, kOk, kOk, kOk, kOk}},

    // The text of the file.
    {"crlf.c", {kOk, kOk, kOk, kOk, kOk}},
    {"latin1.c", {kOk, kOk, kOk, kOk, kOk}},
    {"gbk.c", {kOk, kOk, kOk, kOk, kOk}},
    {"knr.c", {kOk, kOk, kOk, kOk, kOk}},
    {"c99_inline.c", {kOk, kOk, kOk, kOk, kOk}},

    // What is in it.
    {"inits_memlib.c", {kOk, kOk, kOk, kOk, kOk}},
    {"ranges.c", {kOk, kOk, kOk, kOk, kOk}},
    {"falls_off.c", {kOk, kOk, kOk, kOk, kOk}},
    {"stray_main.c", {kOk, kOk, kOk, kOk, kOk}},

    // More than one file.
    {"own_header", {kOk, kOk, "E108", kOk, kOk}},
    {"two_files", {kOk, kOk, kOk, kOk, kOk}},
    {"course_folder", {kOk, kOk, kOk, kOk, kOk}},
};

void PrintTo(const HandIn& hand_in, std::ostream* out) {
  *out << hand_in.name;
}

std::vector<std::string> trace_files() {
  std::vector<std::string> files;
  for (const char* trace : kTraces) files.push_back(std::string("tests/students/") + trace + ".rep");
  return files;
}

class Students : public testing::TestWithParam<HandIn> {};

TEST_P(Students, GetWhatTheyDeserveOnEachTrace) {
  const HandIn& hand_in = GetParam();
  SKIP_WHERE_32_BITS_DO_NOT_RUN(hand_in.settings.abi == Abi::kIlp32);
  const GradeSheet sheet = grade_submission(std::filesystem::path("tests/students") / hand_in.name,
                                            trace_files(), hand_in.settings);
  EXPECT_TRUE(sheet.static_findings.empty());
  ASSERT_EQ(sheet.traces.size(), kTraces.size());
  for (std::size_t i = 0; i < kTraces.size(); ++i) {
    const std::string verdict = verdict_of(sheet.traces[i]);
    EXPECT_TRUE(verdict.starts_with(hand_in.verdicts[i])) << kTraces[i] << ": " << verdict;
  }
}

std::string name_of_case(const testing::TestParamInfo<HandIn>& hand_in) {
  std::string name = std::to_string(hand_in.index) + "_" + hand_in.param.name;
  for (char& letter : name) letter = letter == '.' ? '_' : letter;
  return name;
}

INSTANTIATE_TEST_SUITE_P(HandIns, Students, testing::ValuesIn(kHandIns), name_of_case);

// The commonest reason to fail in a 64-bit program is told.
TEST(StudentsWithFourBytePointers, AreToldSo) {
  const GradeSheet sheet = grade_submission("tests/students/words.c", {"tests/students/plain.rep"});
  const auto& finding = sheet.traces.at(0).result.examination->finding;
  ASSERT_TRUE(finding.has_value());
  EXPECT_TRUE(finding->truncated_pointer);
  EXPECT_GT(sheet.identity.pointer_cast_warnings, 0u);
}

// What was done to make it build is not kept from the reader.
TEST(StudentsNotes, NameTheFilesLeftOutAndTheWaysTaken) {
  const auto notes_of = [](const char* name) {
    return grade_submission(std::filesystem::path("tests/students") / name, {"tests/students/plain.rep"})
        .identity.notes;
  };
  EXPECT_FALSE(notes_of("course_folder").empty());
  EXPECT_FALSE(notes_of("c99_inline.c").empty());
}

}  // namespace
}  // namespace heapjudge
