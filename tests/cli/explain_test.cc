// What is shown is what the tests run: the file itself.
#include <gtest/gtest.h>

#include "oracle/fault.h"
#include "tests/cli/shell.h"
#include "tests/test_main.h"

namespace heapjudge {
namespace {

TEST(Explain, ShowsTheWholeExampleOfEveryRule) {
  const Shell shell;
  for (const Fault fault : all_faults()) {
    const std::filesystem::path source = source_dir() / "reports" / "examples" / (code_of(fault) + ".c");
    const std::string program = binary_dir() / "bin" / "heapjudge";
    const ShellResult result = shell.run(program + " explain " + code_of(fault));
    EXPECT_EQ(result.status, 0);
    EXPECT_NE(result.output.find("heapjudge grade " + source.string() + " -f "), std::string::npos)
        << result.output;
    const ShellResult file = shell.run("sed 's/^./    &/' " + source.string());
    EXPECT_NE(result.output.find("\n" + file.output), std::string::npos) << result.output;
  }
}

}  // namespace
}  // namespace heapjudge
