// The rows of `doctor`, and what they mean.
#include "cli/doctor_options.h"

#include "cli/shared_rows.h"

namespace heapjudge {

CommandRow doctor_row() {
  return {.name = "doctor",
          .text = "what works on this machine, and what is lost without it",
          .options = {kTextOrJsonRow}};
}

DoctorOptions read_doctor_options(const Given& given) {
  return {.format = read_format(given)};
}

}  // namespace heapjudge
