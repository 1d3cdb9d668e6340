// The options of `heapjudge doctor`.
#pragma once

#include "cli/output_format.h"

namespace heapjudge {

struct DoctorOptions {
  Format format = Format::kText;
};

CommandRow doctor_row();
DoctorOptions read_doctor_options(const Given& given);

}  // namespace heapjudge
