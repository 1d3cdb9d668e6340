// Rubrics from YAML: one function per section, each field with its range.
#include "judge/rubric.h"

#include <fmt/format.h>

#include <bit>
#include <cctype>
#include <fstream>
#include <set>
#include <sstream>
#include <system_error>

#include "judge/rubric_fuzz.h"
#include "judge/rubric_layout.h"
#include "judge/rubric_points.h"
#include "yaml/section.h"
#include "judge/rubric_traces.h"
#include "yaml/tree.h"
#include "trace/input_error.h"

namespace heapjudge {
namespace {

constexpr std::size_t kLongestPrefix = 31;  // fits the mailbox of the student process

constexpr std::uint64_t kPage = 4096;
constexpr double kLargestHeap = 0x1.2p45;   // 36 TiB: three such heaps fit an address space
constexpr double kLargestLowHeap = 0x1p30;  // 1 GiB

// Memory from anywhere but mem_sbrk. A modern submission renames its own malloc to mm_malloc, so a symbol
// of one of these names is always the C library's.
std::vector<std::string> default_forbidden_functions() {
  return {"malloc", "calloc",        "realloc", "reallocarray", "free",   "memalign", "posix_memalign",
          "valloc", "aligned_alloc", "pvalloc", "cfree",        "strdup", "strndup",  "asprintf",
          "sbrk",   "brk",           "mmap",    "mmap64",       "mremap", "shmat",    "_Znwm",
          "_Znam",  "_Znwj",         "_Znaj",   "_ZdlPv",       "_ZdaPv", "_ZdlPvm",  "_ZdlPvj"};
}

// Room for the heads of a few dozen lists and some scalars; an array that could hold blocks or a map of the
// heap does not fit.
constexpr std::uint64_t kDefaultMaxGlobalBytes = 4096;

Rubric default_rubric() {
  Rubric rubric;
  rubric.inspect.forbidden_functions = default_forbidden_functions();
  rubric.inspect.max_global_bytes = kDefaultMaxGlobalBytes;
  rubric.rules_of(Tier::kP0).decides = true;
  rubric.rules_of(Tier::kP1).deduct = 7;
  rubric.rules_of(Tier::kP2).deduct = 4;
  rubric.rules_of(Tier::kP3).deduct = 4;
  rubric.scoring.round_to = 0.1;
  return rubric;
}

bool is_identifier_part(std::string_view text) {
  for (const char c : text) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '_') return false;
  }
  return text.empty() || std::isdigit(static_cast<unsigned char>(text.front())) == 0;
}

void check_definitions(const Section& section, const std::vector<std::string>& definitions) {
  for (const std::string& definition : definitions) {
    const std::string name = definition.substr(0, definition.find('='));
    if (name.empty() || !is_identifier_part(name)) {
      fail_at(section.file(), *section.find("definitions"),
              fmt::format("'{}' is not a definition: write NAME or NAME=value", definition));
    }
  }
}

void read_build(const std::string& file, const YamlNode& node, BuildSettings& build) {
  const Section section(file, node, {"compiler", "standard", "cxx_standard", "flags", "definitions", "abi"});
  section.read_text("compiler", build.compiler);
  section.read_text("standard", build.standard);
  section.read_text("cxx_standard", build.cxx_standard);
  section.read_texts("flags", build.flags);
  section.read_texts("definitions", build.definitions);
  section.read_choice<Abi>("abi", build.abi, {{"lp64", Abi::kLp64}, {"ilp32", Abi::kIlp32}});
  check_definitions(section, build.definitions);
}

void read_interface(const std::string& file, const YamlNode& node, Rubric& rubric) {
  const Section section(file, node, {"prefix", "init"});
  section.read_text("prefix", rubric.inspect.prefix);
  section.read_choice<InitRule>(
      "init", rubric.init,
      {{"auto", InitRule::kAuto}, {"zero", InitRule::kZeroIsSuccess}, {"true", InitRule::kTrueIsSuccess}});
  if (!is_identifier_part(rubric.inspect.prefix)) {
    fail_at(file, *section.find("prefix"), "'prefix' must be the start of a C name, such as mm_");
  }
  if (rubric.inspect.prefix.size() > kLongestPrefix) {
    fail_at(file, *section.find("prefix"), "'prefix' is longer than 31 characters");
  }
}

std::uint32_t read_alignment(const Section& top) {
  double value = 0;
  top.read_number("alignment", value, {.least = 4, .most = 4096});
  const auto bytes = static_cast<std::uint32_t>(value);
  if (static_cast<double>(bytes) != value || !std::has_single_bit(bytes)) {
    fail_at(top.file(), *top.find("alignment"), "'alignment' must be a power of two");
  }
  return bytes;
}

void read_heap(const std::string& file, const YamlNode& node, Rubric& rubric) {
  const Section section(file, node, {"limit", "base", "shrink"});
  HeapRules& heap = rubric.heap;
  section.read_choice<HeapBase>("base", heap.base, {{"high", HeapBase::kHigh}, {"low", HeapBase::kLow}});
  section.read_bool("shrink", heap.may_shrink);
  const bool low = heap.base == HeapBase::kLow || rubric.build.abi == Abi::kIlp32;
  section.read_bytes("limit", heap.limit_bytes,
                     {.least = kPage, .most = low ? kLargestLowHeap : kLargestHeap});
  if (heap.limit_bytes % kPage != 0) {
    fail_at(file, *section.find("limit"), "'limit' must be a multiple of 4 KiB");
  }
}

void read_deadlines(const std::string& file, const YamlNode& node, Deadlines& deadlines) {
  const Section section(file, node, {"request", "trace"});
  section.read_seconds("request", deadlines.request_seconds, {.least = 0.01, .most = 600});
  section.read_seconds("trace", deadlines.trace_seconds, {.least = 0.01, .most = 3600});
}

// `required_functions`: beside init, malloc and free, by their names without the prefix (E503).
// `forbidden_functions`: by their symbols (E501). `max_global_bytes`: of writable static data (E502).
void read_rules(const std::string& file, const YamlNode& node, InspectSettings& inspect) {
  const Section section(file, node, {"required_functions", "forbidden_functions", "max_global_bytes"});
  section.read_texts("required_functions", inspect.required_functions);
  for (const std::string& name : inspect.required_functions) {
    if (name.empty() || !is_identifier_part("_" + name)) {
      fail_at(file, *section.find("required_functions"),
              fmt::format("'{}' is not the end of a C name, such as realloc", name));
    }
  }
  section.read_texts("forbidden_functions", inspect.forbidden_functions);
  section.read_bytes("max_global_bytes", inspect.max_global_bytes, {.least = 0, .most = kLargestHeap});
}

void read_repeat(const std::string& file, const YamlNode& node, Rubric& rubric) {
  const Section section(file, node, {"rerun", "other_fill", "own_checker", "tier"});
  section.read_bool("rerun", rubric.rerun);
  section.read_bool("other_fill", rubric.other_fill);
  section.read_bool("own_checker", rubric.own_checks);
  read_tier(section, "tier", rubric.rerun_tier);
}

void check_version(const Section& top) {
  double version = 1;
  top.read_number("heapjudge", version, {.least = 1, .most = 1});
}

}  // namespace

std::string_view name_of(Tier tier) {
  switch (tier) {
    case Tier::kP0:
      return "P0";
    case Tier::kP1:
      return "P1";
    case Tier::kP2:
      return "P2";
    case Tier::kP3:
      return "P3";
  }
  return "";
}

std::string_view title_of(Tier tier) {
  switch (tier) {
    case Tier::kP0:
      return "sane requests";
    case Tier::kP1:
      return "zero sizes, NULL, re-init, calloc";
    case Tier::kP2:
      return "refused growth of the heap";
    case Tier::kP3:
      return "huge sizes, overflow, alignment";
  }
  return "";
}

Rubric parse_rubric(const std::filesystem::path& file, std::string_view yaml) {
  const std::string name = file.string();
  const YamlNode root = parse_yaml(name, yaml, "rubric");
  const Section top(name, root,
                    {"heapjudge", "name", "course", "build", "interface", "alignment", "heap", "layout", "deadlines",
                     "rules", "repeat", "points", "fuzz", "traces"});
  check_version(top);
  Rubric rubric = default_rubric();
  rubric.file = file;
  top.read_text("name", rubric.name);
  top.read_text("course", rubric.course);
  if (const YamlNode* node = top.find("build")) read_build(name, *node, rubric.build);
  if (const YamlNode* node = top.find("interface")) read_interface(name, *node, rubric);
  if (top.find("alignment") != nullptr) rubric.alignment = read_alignment(top);
  if (const YamlNode* node = top.find("heap")) read_heap(name, *node, rubric);
  if (const YamlNode* node = top.find("layout")) rubric.layout = read_layout(name, *node);
  if (const YamlNode* node = top.find("deadlines")) read_deadlines(name, *node, rubric.deadlines);
  if (const YamlNode* node = top.find("rules")) read_rules(name, *node, rubric.inspect);
  if (const YamlNode* node = top.find("repeat")) read_repeat(name, *node, rubric);
  if (const YamlNode* node = top.find("points")) read_points(name, *node, rubric);
  if (const YamlNode* node = top.find("fuzz")) rubric.fuzz = read_fuzz(name, *node, rubric.build.abi);
  rubric.traces = read_traces(top, file.parent_path());
  return rubric;
}

Rubric load_rubric(const std::filesystem::path& file) {
  std::error_code error;
  const auto status = std::filesystem::status(file, error);
  const std::string name = file.string();
  if (!std::filesystem::exists(status)) throw InputError(name + ": no such rubric");
  if (std::filesystem::is_directory(status)) throw InputError(name + ": a folder, not a rubric");
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw InputError(name + ": the rubric cannot be read");
  std::string bytes(kMaxYamlBytes + 1, '\0');  // one more than allowed, so that parse_yaml sees the excess
  stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(stream.gcount()));
  return parse_rubric(file, bytes);
}

}  // namespace heapjudge
