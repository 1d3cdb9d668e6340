// The options of `heapjudge trace record`.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "cli/option_table.h"
#include "trace/transcript.h"

namespace heapjudge {

struct TraceRecordOptions {
  std::vector<std::string> command;  // the program and its arguments
  std::filesystem::path output;      // .rep or .rep.zst
  TranscriptOptions transcript;
  std::vector<std::string> notes;  // for the head of the file
  bool children = false;           // record them too, each to a file of its own
};

CommandRow trace_record_row();
TraceRecordOptions read_trace_record_options(const Given& given);

}  // namespace heapjudge
