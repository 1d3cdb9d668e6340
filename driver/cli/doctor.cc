// heapjudge doctor: what works here and what is lost without it.
#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/screen.h"
#include "judge/checkup.h"
#include "judge/scratch_folder.h"
#include "judge/tree.h"
#include "reports/checkup.h"
#include "subject/child_subject.h"

namespace heapjudge {

int run_doctor(const DoctorOptions& options) {
  const ScratchFolder scratch(kStateDir);
  const CheckupPlaces places{.build_dir = build_dir_of_this_program(),
                             .include_dir = own_include_dir(),
                             .scratch_dir = scratch.path()};
  const std::vector<Checkup> checkups = check_machine(places);
  const TextStyle style = text_style(ColourRule::kAuto, false, false);
  write_stdout(options.format == Format::kJson ? json_of(checkups) : text_of(checkups, style));
  return can_grade(checkups) ? kExitPassed : kExitUsage;
}

}  // namespace heapjudge
