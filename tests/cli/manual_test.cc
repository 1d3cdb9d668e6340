// The man page and the completions as the tools that read them see them: groff, and bash.
#include <gtest/gtest.h>

#include "cli/command_list.h"
#include "cli/completions.h"
#include "cli/man_page.h"
#include "tests/cli/shell.h"
#include "tests/test_main.h"

namespace heapjudge {
namespace {

std::string program() {
  return binary_dir() / "bin" / "heapjudge";
}

bool contains(const std::string& text, const std::string& what) {
  return text.find(what) != std::string::npos;
}

TEST(ManPage, IsRenderedWithoutAWarning) {
  const Shell shell;
  const ShellResult page = shell.run(program() + " --man | groff -man -Tutf8 -ww -P-cbou -rLL=100n");
  EXPECT_EQ(page.errors, "");
  EXPECT_EQ(page.status, 0);
  for (const char* section :
       {"NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "COMMANDS", "EXIT STATUS", "FILES"}) {
    EXPECT_TRUE(contains(page.output, "\n" + std::string(section) + "\n")) << section;
  }
  EXPECT_TRUE(contains(page.output, "heapjudge grade [options] submission ...")) << page.output;
  EXPECT_TRUE(contains(page.output, "--abi lp64|ilp32")) << page.output;
}

TEST(ManPage, HasEveryCommandAndOption) {
  const Shell shell;
  const std::string page = shell.run(program() + " --man | groff -man -Tascii -P-cbou -rLL=200n").output;
  for (const Subcommand& command : command_list()) {
    EXPECT_TRUE(contains(page, "   heapjudge " + std::string(command.row.name) + "\n")) << command.row.name;
    for (const OptionRow& row : command.row.options)
      EXPECT_TRUE(contains(page, "\n       " + std::string(row.name))) << row.name;
  }
}

TEST(ManPage, TakesNoTextForACommandOfRoff) {
  for (const std::string& line : split(man_page(), '\n')) {
    const bool is_request = line.front() == '.';
    const std::string word = line.substr(0, line.find(' '));
    const bool is_known = word == ".TH" || word == ".SH" || word == ".SS" || word == ".TP" || word == ".PP" ||
                          word == ".br" || word == ".nf" || word == ".fi";
    EXPECT_TRUE((!is_request || is_known) && line.front() != '\'') << line;
  }
}

// What bash offers for the last of the words.
std::string offered(const std::string& words) {
  const Shell shell;
  shell.write("mm.c", "");
  shell.write("folder/list.rep", "");
  return shell
      .run("source <(" + program() + " --completions bash); COMP_WORDS=(" + words +
           "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _heapjudge; echo \"${COMPREPLY[*]}\"")
      .output;
}

TEST(BashCompletion, OffersCommandsAndFilesFirst) {
  EXPECT_EQ(offered("heapjudge gr"), "grade\n");
  EXPECT_EQ(offered("heapjudge mm"), "mm.c\n");
  EXPECT_EQ(offered("heapjudge --comp"), "--completions\n");
  EXPECT_EQ(offered("heapjudge --completions f"), "fish\n");
}

TEST(BashCompletion, OffersTheOptionsOfTheCommand) {
  EXPECT_EQ(offered("heapjudge grade --ab"), "--abi\n");
  EXPECT_EQ(offered("heapjudge mm.c --no"), "--no-speed --no-fuzz\n");
  EXPECT_EQ(offered("heapjudge bench --no"), "\n");
  EXPECT_EQ(offered("heapjudge trace cut --w"), "--window\n");
  EXPECT_EQ(offered("heapjudge trace c"), "check convert cut\n");
}

TEST(BashCompletion, OffersWhatAnOptionTakes) {
  EXPECT_EQ(offered("heapjudge grade --abi ''"), "lp64 ilp32\n");
  EXPECT_EQ(offered("heapjudge grade --abi = i"), "ilp32\n");
  EXPECT_EQ(offered("heapjudge grade -t f"), "folder\n");
  EXPECT_EQ(offered("heapjudge trace cut --before d"), "drop\n");
  EXPECT_EQ(offered("heapjudge explain E20"), "E201 E202 E203 E204 E205 E206\n");
}

TEST(BashCompletion, LeavesTheWordsOfAnotherProgramAlone) {
  EXPECT_EQ(offered("heapjudge trace record -o x.rep -- ls --"), "\n");
}

TEST(Completions, OfEveryShellKnowEveryOption) {
  for (const char* shell : {"bash", "zsh", "fish"}) {
    const std::string script = completions(shell);
    for (const Subcommand& command : command_list()) {
      for (const OptionRow& row : command.row.options) {
        if (!row.name.starts_with("--")) continue;
        const std::string name(row.name.substr(2));
        EXPECT_TRUE(contains(script, "--" + name) || contains(script, "-l " + name)) << shell << " " << name;
      }
    }
  }
}

}  // namespace
}  // namespace heapjudge
