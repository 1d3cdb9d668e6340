// What may be typed for a reference allocator.
#include "judge/reference_name.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "tests/temporary_folder.h"
#include "tests/test_main.h"
#include "trace/input_error.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;
using Definitions = std::vector<std::string>;

std::string refusal_of(const std::string& name) {
  try {
    reference_called(name);
  } catch (const InputError& error) {
    return error.what();
  }
  return {};
}

TEST(ReferenceName, APlainNameIsASource) {
  const Reference tlsf = reference_called("tlsf");
  EXPECT_EQ(tlsf.source, "reference/tlsf.cc");
  EXPECT_EQ(tlsf.definitions, Definitions{});
  EXPECT_EQ(tlsf.name, "tlsf");
}

TEST(ReferenceName, WhatFollowsTheColonIsDefined) {
  EXPECT_EQ(reference_called("implicit:best").source, "reference/implicit.cc");
  EXPECT_EQ(reference_called("implicit:best").definitions, Definitions{"HEAPJUDGE_FIT=best"});
  EXPECT_EQ(reference_called("explicit:address").definitions, Definitions{"HEAPJUDGE_ORDER=address"});
}

TEST(ReferenceName, EveryNameHasASource) {
  EXPECT_GE(reference_names().size(), 15u);
  for (const std::string_view name : reference_names()) {
    const fs::path source = source_dir() / reference_called(std::string(name)).source;
    EXPECT_TRUE(fs::exists(source)) << source;
  }
}

TEST(ReferenceName, EverySourceHasAName) {
  std::set<std::string> named;
  for (const std::string_view name : reference_names()) named.insert(reference_called(std::string(name)).source.filename());
  for (const auto& entry : fs::directory_iterator(source_dir() / "reference")) {
    if (entry.path().extension() != ".cc") continue;
    EXPECT_TRUE(named.contains(entry.path().filename())) << entry.path();
  }
}

TEST(ReferenceName, AnUnknownNameIsOneLineWithTheNearestAndAll) {
  EXPECT_EQ(refusal_of("implicit:bset"),
            "implicit:bset: no reference is called so; did you mean 'implicit:best'? (the references are implicit, "
            "implicit:first, implicit:next, implicit:best, implicit:worst, explicit, explicit:lifo, explicit:address, "
            "segregated, buddy, bitmap, tlsf, bins, bump, libc)");
  EXPECT_TRUE(refusal_of("nothing-like-it").starts_with("nothing-like-it: no reference is called so (the"));
  EXPECT_FALSE(refusal_of("tlsf:best").empty()) << "it leaves nothing open";
  EXPECT_FALSE(refusal_of("implicit:").empty());
  EXPECT_FALSE(refusal_of("").empty());
}

// Where a file is expected.
class InsteadOfAFile : public testing::Test {
 protected:
  static std::optional<Reference> found(const std::vector<fs::path>& submission) {
    return reference_instead_of_file(submission);
  }
};

TEST_F(InsteadOfAFile, AReferenceMayBeNamed) {
  ASSERT_TRUE(found({"implicit:best"}).has_value());
  EXPECT_EQ(found({"implicit:best"})->definitions, Definitions{"HEAPJUDGE_FIT=best"});
}

TEST_F(InsteadOfAFile, WhatLooksLikeAFileIsOne) {
  for (const char* path : {"mm.c", "./tlsf", "reference/tlsf.cc", "tlsf/", "nosuch.c"}) {
    EXPECT_FALSE(found({path}).has_value()) << path;
  }
  EXPECT_FALSE(found({"tlsf", "mm.c"}).has_value()) << "several are files";
  EXPECT_FALSE(found({}).has_value());
}

TEST_F(InsteadOfAFile, AFileOrFolderOfThatNameGoesFirst) {
  const fs::path before = fs::current_path();
  const TemporaryFolder folder;
  fs::current_path(folder.path());
  fs::create_directory("tlsf");
  fs::create_symlink("nowhere", "buddy");
  EXPECT_FALSE(found({"tlsf"}).has_value());
  EXPECT_FALSE(found({"buddy"}).has_value()) << "a broken link is a file that is to be complained of";
  EXPECT_TRUE(found({"bitmap"}).has_value());
  fs::current_path(before);
}

TEST_F(InsteadOfAFile, AWordThatIsNeitherIsRefused) {
  EXPECT_THROW(found({"implict"}), InputError);
}

TEST_F(InsteadOfAFile, TheCLibraryIsMeasuredAndNeverGraded) {
  EXPECT_THROW(found({"libc"}), InputError);
  EXPECT_TRUE(reference_called("libc").uses_the_system);
  EXPECT_FALSE(reference_called("bins").uses_the_system);
}

}  // namespace
}  // namespace heapjudge
