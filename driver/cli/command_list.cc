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

const CommandRow& program_row() {
  static const CommandRow row{
      .name = "",
      .text = "Grades memory allocators: is every block right, and how little memory does it need?",
      .options = {{.name = "--version", .text = "print the version"},
                  {.name = "--man", .text = "print the man page: heapjudge --man | man -l -"},
                  {.name = "--completions",
                   .value = "bash|zsh|fish",
                   .text = "print what completes command lines: source <(heapjudge --completions bash)",
                   .expects = kAChoice}},
      .footer =
          "A bare \"heapjudge mm.c\" means \"heapjudge grade mm.c\". \"heapjudge selftest\" builds "
          "everything and "
          "runs every test. Called through a link named mdriver, it takes the classic flags (mdriver -h)."};
  return row;
}

std::span<const Subcommand> command_list() {
  static const std::vector<Subcommand> list{
      {grade_row(), read<read_grade_options>},
      {debug_row(), read<read_debug_options>},
      {fuzz_row(), read<read_fuzz_options>},
      {campaign_row(), read<read_campaign_options>},
      {bench_row(), read<read_bench_options>},
      {explain_row(), read<read_explain_options>},
      {doctor_row(), read<read_doctor_options>},
      {heap_row(), read<read_heap_options>},
      {trace_record_row(), read<read_trace_record_options>},
      {trace_gen_row(), read<read_trace_gen_options>},
      {trace_info_row(), read<read_trace_info_options>},
      {trace_check_row(), read<read_trace_check_options>},
      {trace_convert_row(), read<read_trace_convert_options>},
      {trace_cut_row(), read<read_trace_cut_options>},
      {trace_diff_row(), read<read_trace_diff_options>},
      {trace_shrink_row(), read<read_trace_shrink_options>},
  };
  return list;
}

std::vector<std::string> first_words() {
  std::vector<std::string> words;
  for (const Subcommand& command : command_list()) {
    const std::string_view first = command.row.name.substr(0, command.row.name.find(' '));
    if (words.empty() || words.back() != first) words.emplace_back(first);
  }
  return words;
}

std::string_view text_of_family(std::string_view word) {
  ensure(word == "trace", "every family of commands has its text here");
  return "traces: made, recorded, looked at, cut, converted";
}

}  // namespace heapjudge
