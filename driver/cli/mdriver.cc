// Acting as the classic driver: its table, but a correct exit status.
#include <cstdio>

#include "cli/commands.h"
#include "cli/screen.h"
#include "reports/report.h"

namespace heapjudge {

int run_mdriver(const MdriverOptions& options, const std::string& command) {
  for (const std::string& note : options.notes) std::fprintf(stderr, "mdriver: %s\n", note.c_str());
  return grade_and_report(options.grade, command, [&](const Outcome& outcome) {
    if (const auto* sheet = std::get_if<GradeSheet>(&outcome)) write_stdout(mdriver_text_of(*sheet, options.table));
  });
}

}  // namespace heapjudge
