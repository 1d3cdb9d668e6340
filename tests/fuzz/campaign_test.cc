// A campaign: its plan, its journal, and one from start to end that is killed and gone on with.
#include "fuzz/campaign/campaign.h"

#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "fuzz/campaign/journal.h"
#include "fuzz/campaign/plan.h"
#include "fuzz/campaign/requests_text.h"
#include "reports/campaign.h"
#include "tests/temporary_folder.h"
#include "tests/test_main.h"
#include "trace/input_error.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

CampaignFinding overlap_on(const std::string& trace, std::size_t requests) {
  return {.fault = Fault::kOverlap, .function = "coalesce", .tier = Tier::kP0, .requests = requests, .trace = trace};
}

CampaignRecord searched(const std::string& name, std::vector<CampaignFinding> findings) {
  return {.submission = name, .seconds = 2, .executions = 10, .requests = 100, .findings = std::move(findings)};
}

TEST(CampaignPlan, EverySubmissionBelongsToOneShard) {
  const std::vector<std::string> names{"a", "b", "c", "d", "e"};
  EXPECT_EQ(names_of_shard(names, {.shard = 1, .shards = 2}), (std::vector<std::string>{"a", "c", "e"}));
  EXPECT_EQ(names_of_shard(names, {.shard = 2, .shards = 2}), (std::vector<std::string>{"b", "d"}));
  EXPECT_TRUE(names_of_shard(names, {.shard = 7, .shards = 7}).empty());
}

TEST(CampaignPlan, TracesAreToldApartByTheirKindsOfRequests) {
  EXPECT_EQ(verbs_of("a 7 24\na 3 100\nf 7\nr 3 200\nf -1\ns 2\ni\n"), "a f i r s");
  EXPECT_EQ(verbs_of("a 0 24\nf 0\n"), verbs_of("a 5 4000\na 6 1\nf 5\n"));
  EXPECT_NE(verbs_of("a 0 24\n"), verbs_of("c 0 1 24\n"));
}

TEST(CampaignPlan, WhereNothingWasFoundThereIsMostNeed) {
  const std::vector<CampaignRecord> records{
      searched("clean", {}), searched("failing", {overlap_on("a 0 1\n", 1)}),
      {.submission = "broken", .built = false, .trouble = "error"}};
  const auto seconds = deep_seconds(records, {.deep_seconds = 3});
  EXPECT_EQ(seconds.size(), 2u);
  EXPECT_GT(seconds.at("clean"), seconds.at("failing"));
  EXPECT_DOUBLE_EQ(seconds.at("clean") + seconds.at("failing"), 6);
}

TEST(CampaignPlan, GroupsKeepTheSmallestTraceAndNameEverySubmissionOnce) {
  const std::vector<CampaignRecord> records{
      searched("one", {overlap_on("a 0 2000\na 1 8\n", 2)}),
      searched("two", {overlap_on("a 0 24\na 1 8\n", 2), overlap_on("a 0 24\nf 0\na 1 8\n", 3)}),
      {.job = CampaignJob::kTrial, .submission = "one", .findings = {overlap_on("a 0 24\na 1 8\n", 2)}},
      searched("clean", {})};
  const CampaignSheet sheet = campaign_sheet(records, {});
  ASSERT_EQ(sheet.groups.size(), 1u);  // what two shows on more requests is the same failure of two
  EXPECT_EQ(sheet.groups[0].submissions, (std::vector<std::string>{"one", "two"}));
  EXPECT_EQ(sheet.groups[0].smallest.trace, "a 0 24\na 1 8\n");
  EXPECT_EQ(sheet.clean, std::vector<std::string>{"clean"});
  EXPECT_EQ(traces_to_try(records).size(), 1u);
}

TEST(CampaignPlan, WhatASearchTakesForOneBugIsOneFailure) {
  CampaignFinding chief = overlap_on("a 0 24\na 1 8\n", 2);
  chief.also = {{Fault::kCrash, "remove", 4}};
  const CampaignFinding crash{.fault = Fault::kCrash, .function = "remove", .requests = 3, .trace = "a 0 1\nf 0\nf -1\n"};
  std::vector<CampaignRecord> records{searched("one", {chief}),
                                      {.job = CampaignJob::kTrial, .submission = "one", .findings = {crash}}};
  CampaignSheet sheet = campaign_sheet(records, {});
  ASSERT_EQ(sheet.groups.size(), 1u);
  EXPECT_EQ(sheet.groups[0].smallest, chief);
  records.push_back({.job = CampaignJob::kTrial, .submission = "two", .findings = {crash}});
  sheet = campaign_sheet(records, {});
  EXPECT_EQ(sheet.groups.size(), 2u);  // of another submission nothing says that it is the same
}

TEST(CampaignPlan, WhatNeedsOtherKindsOfRequestsIsAnotherGroup) {
  const std::vector<CampaignRecord> records{searched("one", {overlap_on("a 0 24\na 1 8\n", 2)}),
                                            searched("two", {overlap_on("a 0 24\nf 0\na 1 8\n", 3)})};
  EXPECT_EQ(campaign_sheet(records, {}).groups.size(), 2u);
  EXPECT_EQ(traces_to_try(records).size(), 2u);
}

TEST(CampaignJournal, DropsALineThatWasTornAndGoesOn) {
  const TemporaryFolder folder;
  const fs::path file = folder.path() / "campaign.jsonl";
  std::ofstream(file) << "one\ntwo\nthr";
  {
    Journal journal(file);
    EXPECT_EQ(journal.lines(), (std::vector<std::string>{"one", "two"}));
    journal.append("three");
    EXPECT_THROW(Journal{file}, InputError);
  }
  EXPECT_EQ(Journal(file).lines(), (std::vector<std::string>{"one", "two", "three"}));
}

TEST(CampaignJournal, EveryLineReadsBackAsItWasWritten) {
  const CampaignTerms terms{.seed = UINT64_MAX, .seconds = 0.25, .inputs = 9, .shard = 2, .shards = 3, .rubric = "ab"};
  EXPECT_EQ(parse_campaign_terms("j", line_of(terms)), terms);
  CampaignRecord record = searched("q\"\n.c", {overlap_on("a 0 1\n", 1)});
  record.findings[0].also = {{Fault::kCrash, "f\"", 7}};
  record.job = CampaignJob::kTrial;
  record.traces = 7;
  record.sha256 = "cd";
  EXPECT_EQ(parse_campaign_record("j", 2, line_of(record)), record);
  EXPECT_EQ(line_of(record).find('\n'), std::string::npos);
}

TEST(CampaignJournal, SaysWhichLineIsWrong) {
  const auto error = [](const std::string& line) -> std::string {
    try {
      parse_campaign_record("j", 4, line);
    } catch (const InputError& wrong) {
      return wrong.what();
    }
    return "";
  };
  EXPECT_EQ(error("{"), "j:4: not a line of a campaign's journal");
  EXPECT_EQ(error("{\"job\": \"rest\"}"), "j:4: unknown word \"rest\"");
}

TEST(CampaignText, TellsGroupsByHowManyHaveThem) {
  const std::vector<CampaignRecord> records{
      searched("one.c", {overlap_on("a 0 24\na 1 8\n", 2)}), searched("two.c", {overlap_on("a 0 24\na 1 8\n", 2)}),
      searched("good.c", {}), {.submission = "bad.c", .built = false, .trouble = "error"}};
  EXPECT_EQ(text_of(campaign_sheet(records, {}), {}),
            "4 submissions: 2 fail, 1 clean, 1 not built   seed 1\n"
            "  300 requests in 30 executions\n"
            "  not built: bad.c\n"
            "  clean: good.c\n"
            "\n"
            "1 group of failures, by the submissions that have them:\n"
            "     2  [E103] P0 in coalesce\n"
            "        one.c, two.c\n"
            "        a 0 24; a 1 8\n");
}

// Notes what a campaign tells, and interrupts it after so many records.
struct Witness {
  std::size_t most = SIZE_MAX;
  std::vector<CampaignRecord> told;

  CampaignListener listener() {
    return {.record = [this](const CampaignRecord& record) { told.push_back(record); },
            .progress = [](const CampaignProgress&) {},
            .is_interrupted = [this] { return told.size() >= most; }};
  }
};

TEST(CampaignPlan, WhatTrialsFindIsNotTriedAgain) {
  std::vector<CampaignRecord> records{searched("one", {overlap_on("a 0 24\na 1 8\n", 2)})};
  const auto before = traces_to_try(records);
  records.push_back({.job = CampaignJob::kTrial, .submission = "two", .findings = {overlap_on("a 0 24\n", 1)}});
  EXPECT_EQ(traces_to_try(records), before);
}

// A class of three: two with the same bug, and one that does not build.
class CampaignRun : public testing::Test {
 protected:
  CampaignRun() {
    fs::create_directory(settings_.folder);
    fs::copy(source_dir() / "tests/guilty/hands_out_twice.c", settings_.folder / "a.c");
    fs::copy(source_dir() / "tests/guilty/hands_out_twice.c", settings_.folder / "b.c");
    std::ofstream(settings_.folder / "c.c") << "int mm_init(void) { return oops; }\n";
  }

  std::vector<CampaignRecord> run(std::span<const CampaignRecord> done, Witness& witness) const {
    return run_campaign(Rubric{}, settings_, done, witness.listener());
  }

  const TemporaryFolder place_;
  const CampaignSettings settings_{.folder = place_.path() / "class",
                                   .work_dir = place_.path() / "out",
                                   .terms = {.inputs = 200, .deep_seconds = 0}};
};

std::vector<std::string> told_of(const Witness& witness) {
  std::vector<std::string> jobs;
  for (const CampaignRecord& record : witness.told) {
    jobs.push_back((record.job == CampaignJob::kTrial ? "try " : "search ") + record.submission);
  }
  return jobs;
}

TEST_F(CampaignRun, GoesOnWhereItWasInterruptedAndTriesEveryTraceOnEverySubmission) {
  Witness first{.most = 1};
  const auto part = run({}, first);
  EXPECT_EQ(told_of(first), std::vector<std::string>{"search a.c"});
  Witness second;
  const auto all = run(part, second);
  EXPECT_EQ(told_of(second), (std::vector<std::string>{"search b.c", "search c.c", "try a.c", "try b.c"}));
  Witness third;
  EXPECT_EQ(run(all, third), all);
  EXPECT_TRUE(third.told.empty());
  const CampaignSheet sheet = campaign_sheet(all, settings_.terms);
  EXPECT_EQ(sheet.not_built, std::vector<std::string>{"c.c"});
  ASSERT_FALSE(sheet.groups.empty());
  EXPECT_EQ(sheet.groups.front().submissions, (std::vector<std::string>{"a.c", "b.c"}));
}

TEST_F(CampaignRun, DoesAgainWhatWasDoneOnOtherFilesAndForgetsWhatIsGone) {
  Witness first;
  const auto before = run({}, first);
  fs::remove(settings_.folder / "b.c");
  std::ofstream(settings_.folder / "c.c") << "int mm_init(void) { return oops_again; }\n";
  Witness second;
  const auto after = run(before, second);
  EXPECT_EQ(told_of(second), std::vector<std::string>{"search c.c"});
  EXPECT_EQ(campaign_sheet(after, settings_.terms).submissions, 2u);
}

}  // namespace
}  // namespace heapjudge
