// The option table, in CLI11: the only file that knows it.
#include "cli/options.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <bit>
#include <charconv>
#include <map>
#include <string_view>
#include <utility>

#include "cli/nearest.h"
#include "trace/input_error.h"

namespace heapjudge {
namespace {

constexpr std::string_view kFooter =
    "A bare \"heapjudge mm.c\" means \"heapjudge grade mm.c\". \"heapjudge selftest\" builds everything and "
    "runs every\n"
    "test. Called through a link named mdriver, it takes the classic flags (mdriver -h).\n"
    "\n"
    "Exit status: 0 passed, 1 the allocator broke a rule, 2 usage, rubric or environment, 3 the submission "
    "did not\n"
    "build, 4 nothing selected, 5 below --min-score, 6 measurement too noisy to score, 70 a fault of "
    "Heapjudge "
    "itself,\n"
    "130 interrupted.\n";

// Everything the parser writes to; enumerations as the words they are given as.
struct Raw {
  std::vector<std::string> submission;
  std::string trace_dir, rubric, output, window;
  std::string abi = "lp64", format = "text", colour = "auto";
  double timeout_seconds = 0, min_score_points = 0;
  std::uint32_t alignment_bytes = 0;
  GradeOptions grade;
  ExplainOptions explain;
  std::string doctor_format = "text";
  std::string compared = "implicit,explicit,segregated,bins,libc", bench_format = "text";
  TraceRecordOptions record;
};

CLI::Validator number_in(double least, double most) {
  const auto check = [least, most](const std::string& text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = error == std::errc() && end == text.data() + text.size();
    if (whole && value >= least && value <= most) return std::string();
    return "expected a number from " + CLI::detail::to_string(least) + " to " + CLI::detail::to_string(most) +
           ", got '" + text + "'";
  };
  return {check, ""};
}

CLI::Validator power_of_two() {
  const auto check = [](const std::string& text) {
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = error == std::errc() && end == text.data() + text.size();
    if (whole && std::has_single_bit(value) && value <= 4096) return std::string();
    return "expected a power of two up to 4096, got '" + text + "'";
  };
  return {check, ""};
}

CLI::Validator one_of(std::vector<std::string> words) {
  const std::string choice = CLI::detail::join(words, "|");
  const auto check = [words = std::move(words), choice](const std::string& text) {
    return std::ranges::find(words, text) != words.end() ? std::string()
                                                         : "expected " + choice + ", got '" + text + "'";
  };
  return {check, ""};
}

void declare_traces(CLI::App& grade, Raw& raw) {
  grade
      .add_option("-f", raw.grade.traces, "this trace only: a file, or a name of the rubric; may be repeated")
      ->option_text("TRACE")
      ->allow_extra_args(false);
  grade.add_option("-t", raw.trace_dir, "the traces of this folder instead of the rubric's")
      ->option_text("DIR");
  grade.add_option("-k", raw.grade.expression, "only traces whose names match: words, and, or, not, ( )")
      ->option_text("EXPR");
}

void declare_selection(CLI::App& grade, Raw& raw) {
  grade
      .add_option("submission", raw.submission,
                  "the allocator: its source files, one folder, or a reference such as implicit:best")
      ->required();
  declare_traces(grade, raw);
  grade.add_flag("-x", raw.grade.stop_at_first, "stop after the first failure");
}

// What builds and judges an allocator, alone or beside others.
void declare_terms(CLI::App& command, Raw& raw) {
  command
      .add_option("--rubric", raw.rubric,
                  "the rules and the traces: a file, or a name of traces/rubrics such as classic (default: "
                  "traces/rubric.yaml of Heapjudge)")
      ->option_text("FILE|NAME");
  command.add_option("--timeout", raw.timeout_seconds, "CPU seconds for one run of a trace")
      ->option_text("S")
      ->check(number_in(0.1, 86400));
  command.add_option("--align", raw.alignment_bytes, "alignment of blocks in bytes")
      ->option_text("N")
      ->check(power_of_two());
  command.add_option("--abi", raw.abi, "build a 64-bit or a 32-bit program")
      ->option_text("lp64|ilp32")
      ->check(one_of({"lp64", "ilp32"}));
  command
      .add_option("-j", raw.grade.workers, "traces judged at the same time (default: one for each processor)")
      ->option_text("N")
      ->check(number_in(1, 256));
  command.add_option("--color", raw.colour, "NO_COLOR is obeyed too")
      ->option_text("auto|always|never")
      ->check(one_of({"auto", "always", "never"}));
}

void declare_rules(CLI::App& grade, Raw& raw) {
  declare_terms(grade, raw);
  grade.add_flag("--check", raw.grade.refuse_growth, "also refuse growths of the heap, one at a time (E202)");
  grade.add_flag("--no-speed", raw.grade.without_speed, "do not measure speed: quicker, and the score is without it");
  grade.add_flag("--require-isolation", raw.grade.require_isolation,
                 "refuse to grade in less than the full sandbox");
}

void declare_output(CLI::App& grade, Raw& raw) {
  grade.add_option("--min-score", raw.min_score_points, "exit with 5 below so many points")
      ->option_text("P")
      ->check(number_in(0, 1e6));
  grade.add_option("--format", raw.format, "of the result")
      ->option_text("text|json")
      ->check(one_of({"text", "json"}));
  grade.add_option("-o", raw.output, "write the result here, whole or not at all")->option_text("FILE");
  grade.add_flag("-v", raw.grade.verbose, "print every failure whole, not only the first");
}

// "A:B", either left out; throws InputError.
void set_window(const std::string& text, TranscriptOptions& options) {
  const std::size_t colon = std::min(text.find(':'), text.size());
  const auto number = [&](std::string_view digits, std::uint64_t otherwise) {
    if (digits.empty()) return otherwise;
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return error == std::errc() && end == digits.data() + digits.size() ? value : 0;
  };
  options.first_request = number(std::string_view(text).substr(0, colon), 1);
  options.last_request = number(std::string_view(text).substr(std::min(colon + 1, text.size())), UINT64_MAX);
  const bool sound = options.first_request > 0 && options.first_request <= options.last_request;
  if (colon == text.size() || !sound) {
    throw InputError("--window: expected two numbers of requests, A:B, got '" + text + "'");
  }
}

CLI::App* declare_trace_record(CLI::App& trace, Raw& raw) {
  CLI::App* const record =
      trace.add_subcommand("record", "what a real program asks its allocator for, as a trace");
  record->footer("heapjudge trace record -o sort.rep --sane --balanced -- sort words.txt\n");
  record->allow_extras();
  TranscriptOptions& transcript = raw.record.transcript;
  record->add_option("command", raw.record.command, "the program and its arguments, after a --")->required();
  record->add_option("-o", raw.output, "the trace: .rep or .rep.zst")->option_text("FILE")->required();
  record->add_option("--window", raw.window, "only requests A to B of the program, counted from 1")
      ->option_text("A:B");
  record->add_option("--sample", transcript.sample, "only the lives of one block of N")
      ->option_text("N")
      ->check(number_in(1, 1e9));
  record->add_option("--seed", transcript.seed, "of the sample (default: 1)")->option_text("S");
  record->add_flag("--balanced", transcript.balanced, "free at the end what is left");
  record->add_flag("--sane", transcript.sane,
                   "malloc, realloc and free of blocks with sizes above 0 only; the rest becomes that");
  record->add_flag("--children", raw.record.children,
                   "also the processes it starts, each to a file of its own beside FILE");
  record->add_option("--note", raw.record.notes, "a line for the head of the trace; may be repeated")
      ->option_text("TEXT")
      ->allow_extra_args(false);
  return record;
}

// One subcommand of `heapjudge trace`, declared by its row of the table.
struct TraceParser {
  const CommandRow* row = nullptr;
  CLI::App* command = nullptr;
  std::map<std::string_view, std::vector<std::string>> words = {};
};

void declare(CLI::App& trace, const CommandRow& row, TraceParser& parser) {
  parser.row = &row;
  parser.command = trace.add_subcommand(std::string(row.name), std::string(row.text));
  parser.command->allow_extras();
  for (const OptionRow& option : row.options) {
    CLI::Option* const added = parser.command->add_option(std::string(option.name), parser.words[option.name],
                                                          std::string(option.text));
    added->option_text(std::string(option.value))->required(option.required);
    const bool is_argument = !option.name.starts_with('-');
    added->allow_extra_args(is_argument && option.repeats);
    if (!option.repeats) added->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::Throw);
  }
}

TraceOptions trace_options(const TraceParser& parser) {
  GivenOptions given = parser.words;
  std::erase_if(given, [](const auto& option) { return option.second.empty(); });
  return read_trace_options(parser.row->name, given);
}

// `grade` is the same traces, rules and output; only one of the two is parsed.
CLI::App* declare_bench(CLI::App& app, Raw& raw) {
  CLI::App* const bench =
      app.add_subcommand("bench", "allocators side by side: utilization and speed, trace by trace");
  bench->allow_extras();
  bench->add_option("submission", raw.submission, "allocators: each a file, a folder, or a reference's name");
  bench->add_option("--compare", raw.compared, "references beside them (default: " + raw.compared + ")")
      ->option_text("A,B,...");
  declare_traces(*bench, raw);
  declare_terms(*bench, raw);
  bench->add_option("--format", raw.bench_format, "of the result")
      ->option_text("text|json|csv|markdown")
      ->check(one_of({"text", "json", "csv", "markdown"}));
  bench->add_option("-o", raw.output, "write the result here, whole or not at all")->option_text("FILE");
  return bench;
}

struct Parser {
  CLI::App app{"Grades memory allocators: is every block right, and how little memory does it need?",
               "heapjudge"};
  Raw raw;
  CLI::App* grade = app.add_subcommand("grade", "build, check and score a submission");
  CLI::App* bench = declare_bench(app, raw);
  CLI::App* explain = app.add_subcommand("explain", "a rule in words, with the usual causes");
  CLI::App* doctor = app.add_subcommand("doctor", "what works on this machine, and what is lost without it");
  CLI::App* trace = app.add_subcommand("trace", "traces: made, recorded, looked at, cut, converted");
  CLI::App* record = declare_trace_record(*trace, raw);
  std::vector<TraceParser> trace_parsers = std::vector<TraceParser>(trace_commands().size());

  Parser() {
    app.require_subcommand(1);
    trace->require_subcommand(1);
    for (std::size_t i = 0; i < trace_parsers.size(); ++i) declare(*trace, trace_commands()[i], trace_parsers[i]);
    app.footer(std::string(kFooter));
    app.set_version_flag("--version", "heapjudge " HEAPJUDGE_VERSION);
    grade->allow_extras();
    explain->allow_extras();
    doctor->allow_extras();
    declare_selection(*grade, raw);
    declare_rules(*grade, raw);
    declare_output(*grade, raw);
    explain->add_option("code", raw.explain.code, "such as E103; all of them when left out");
    doctor->add_option("--format", raw.doctor_format, "of the result")
        ->option_text("text|json")
        ->check(one_of({"text", "json"}));
  }
};

std::string suggestion(std::string_view typed, const std::vector<std::string>& names) {
  const std::optional<std::string> name = nearest(typed, names);
  return name ? "; did you mean " + *name + "?" : "";
}

std::vector<std::string> option_names(const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    for (const std::string& name : option->get_snames()) names.push_back("-" + name);
  }
  return names;
}

void refuse_unknown(const CLI::App& command) {
  std::vector<std::string> unknown = command.remaining();
  std::erase(unknown, "--");  // CLI11 hands it back, although it has obeyed it
  if (unknown.empty()) return;
  const std::string name = unknown.front().substr(0, unknown.front().find('='));
  if (!name.starts_with('-')) throw InputError("unexpected argument '" + name + "'");
  throw InputError("unknown option '" + name + "'" + suggestion(name, option_names(command)));
}

// Puts the word `grade` where it was left out.
std::vector<std::string> complete(std::span<const std::string> arguments) {
  static constexpr std::array<std::string_view, 9> kKnown{"grade", "bench", "explain", "doctor", "trace", "--help",
                                                          "-h",    "--version", ""};
  std::vector<std::string> result(arguments.begin(), arguments.end());
  const std::string first = result.empty() ? "" : result.front();
  if (std::ranges::find(kKnown, first) != kKnown.end()) return result;
  if (!first.starts_with('-') && !std::filesystem::exists(first)) {
    const std::string meant = suggestion(first, {"grade", "bench", "explain", "doctor", "trace", "selftest"});
    if (!meant.empty()) throw InputError("unknown command '" + first + "'" + meant);
  }
  result.insert(result.begin(), "grade");
  return result;
}

// What `grade` and `bench` have in common.
GradeOptions common_options(const CLI::App& command, const Raw& raw) {
  const auto given = [&](const char* option) { return command.count(option) > 0; };
  GradeOptions options = raw.grade;
  options.submission.assign(raw.submission.begin(), raw.submission.end());
  if (given("-t")) options.trace_dir = raw.trace_dir;
  if (given("--rubric")) options.rubric = raw.rubric;
  if (given("-o")) options.output = raw.output;
  if (given("--timeout")) options.timeout_seconds = raw.timeout_seconds;
  if (given("--align")) options.alignment_bytes = raw.alignment_bytes;
  if (given("--abi")) options.abi = raw.abi == "lp64" ? Abi::kLp64 : Abi::kIlp32;
  if (raw.colour == "always") options.colour = ColourRule::kAlways;
  if (raw.colour == "never") options.colour = ColourRule::kNever;
  return options;
}

GradeOptions grade_options(const Parser& parser) {
  GradeOptions options = common_options(*parser.grade, parser.raw);
  if (parser.grade->count("--min-score") > 0) options.min_score_points = parser.raw.min_score_points;
  options.format = parser.raw.format == "json" ? Format::kJson : Format::kText;
  return options;
}

TraceRecordOptions trace_record_options(const Parser& parser) {
  TraceRecordOptions options = parser.raw.record;
  options.output = parser.raw.output;
  if (parser.record->count("--window") > 0) set_window(parser.raw.window, options.transcript);
  return options;
}

std::vector<std::string> names_in(const std::string& list) {
  std::vector<std::string> names = CLI::detail::split(list, ',');
  std::erase(names, "");
  return names;
}

BenchOptions bench_options(const Parser& parser) {
  const Raw& raw = parser.raw;
  BenchOptions options{.common = common_options(*parser.bench, raw), .references = names_in(raw.compared)};
  if (raw.bench_format == "json") options.format = BenchFormat::kJson;
  if (raw.bench_format == "csv") options.format = BenchFormat::kCsv;
  if (raw.bench_format == "markdown") options.format = BenchFormat::kMarkdown;
  return options;
}

}  // namespace

Options parse_options(std::span<const std::string> arguments) {
  std::vector<std::string> words = complete(arguments);
  if (words.empty()) words = {"--help"};
  std::ranges::reverse(words);  // as CLI11 wants them
  Parser parser;
  try {
    parser.app.parse(std::move(words));
  } catch (const CLI::CallForHelp&) {
    return PrintText{parser.app.help()};
  } catch (const CLI::CallForVersion& version) {
    return PrintText{std::string(version.what()) + "\n"};
  } catch (const CLI::ParseError& error) {
    if (parser.grade->parsed()) refuse_unknown(*parser.grade);
    if (parser.bench->parsed()) refuse_unknown(*parser.bench);
    if (parser.record->parsed()) refuse_unknown(*parser.record);
    for (const TraceParser& one : parser.trace_parsers) {
      if (one.command->parsed()) refuse_unknown(*one.command);
    }
    throw InputError(std::string(error.what()) + " (heapjudge --help)");
  }
  if (parser.record->parsed()) {
    refuse_unknown(*parser.record);
    return trace_record_options(parser);
  }
  for (const TraceParser& one : parser.trace_parsers) {
    if (!one.command->parsed()) continue;
    refuse_unknown(*one.command);
    return trace_options(one);
  }
  refuse_unknown(*parser.app.get_subcommands().front());
  if (parser.bench->parsed()) return bench_options(parser);
  if (parser.explain->parsed()) return parser.raw.explain;
  if (parser.doctor->parsed()) return DoctorOptions{parser.raw.doctor_format == "json" ? Format::kJson : Format::kText};
  return grade_options(parser);
}

}  // namespace heapjudge
