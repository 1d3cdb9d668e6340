// The list: a row and its reader for each command.
#include "cli/command_list.h"

#include "check.h"

namespace heapjudge {
namespace {

template <auto kRead>
Options read(const Given& given) {
  return kRead(given);
}

}  // namespace

std::span<const Command> command_list() {
  static const std::vector<Command> list{
      {grade_row(), read<read_grade_options>},
      {bench_row(), read<read_bench_options>},
      {explain_row(), read<read_explain_options>},
      {doctor_row(), read<read_doctor_options>},
      {trace_record_row(), read<read_trace_record_options>},
      {trace_gen_row(), read<read_trace_gen_options>},
      {trace_info_row(), read<read_trace_info_options>},
      {trace_check_row(), read<read_trace_check_options>},
      {trace_convert_row(), read<read_trace_convert_options>},
      {trace_cut_row(), read<read_trace_cut_options>},
      {trace_diff_row(), read<read_trace_diff_options>},
  };
  return list;
}

std::string_view text_of_family(std::string_view word) {
  ensure(word == "trace", "every family of commands has its text here");
  return "traces: made, recorded, looked at, cut, converted";
}

}  // namespace heapjudge
