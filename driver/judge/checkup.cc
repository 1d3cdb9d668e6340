#include "judge/checkup.h"

#include <fmt/format.h>

#include <exception>
#include <fstream>
#include <functional>
#include <optional>

#include "judge/count_instructions.h"
#include "judge/timer_noise.h"
#include "judge/viewer_files.h"
#include "subject/watch_trial.h"
#include "submission/build.h"
#include "submission/run_tool.h"

namespace heapjudge {

namespace {

namespace fs = std::filesystem;

constexpr const char* kTinySubmission = R"(#include <stddef.h>
#include <stdint.h>
void *mem_sbrk(intptr_t increment);
int mm_init(void) { return 0; }
void *mm_malloc(size_t size) {
  void *block = mem_sbrk((size + 15) & ~(size_t)15);
  return block == (void *)-1 ? NULL : block;
}
void mm_free(void *block) { (void)block; }
)";
constexpr const char* kTinyTarget = "int LLVMFuzzerTestOneInput(const char *data, unsigned long size) { return 0; }\n";
const ToolLimits kRoomy{.seconds = 20, .memory_bytes = 1ull << 46};  // some reserve a lot
constexpr int kLoops = 200;
constexpr double kLoopSeconds = 0.005;
constexpr double kQuietPercent = 5;

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

// Some warn before they say it.
std::string line_with_a_number(std::string text) {
  while (text.find_first_of("0123456789") < text.size() && first_line(text).find_first_of("0123456789") == text.npos) {
    text.erase(0, text.find('\n') + 1);
  }
  return first_line(text);
}

// What the tool says of its version; nothing when it is not there or does not work.
std::optional<std::string> version_of(const std::string& tool) {
  if (!find_tool(tool)) return std::nullopt;
  const ToolRun run = run_tool({tool, "--version"}, kRoomy);
  return run.succeeded() ? std::optional(line_with_a_number(run.output)) : std::nullopt;
}

Checkup of_tool(std::string part, const std::string& tool, std::string lost) {
  const auto version = version_of(tool);
  if (version) return {.part = std::move(part), .found = *version};
  return {.part = std::move(part), .health = Health::kMissing, .found = "no " + tool, .lost = std::move(lost)};
}

// One part; an exception says why it does not work.
Checkup trying(Checkup checkup, const std::function<void(Checkup&)>& attempt) {
  try {
    attempt(checkup);
    if (checkup.health == Health::kWorks) checkup.lost.clear();
  } catch (const std::exception& error) {
    checkup.health = Health::kMissing;
    checkup.found = first_line(error.what());
  }
  return checkup;
}

class Machine {
 public:
  explicit Machine(const CheckupPlaces& places) : places_(places) {}

  std::vector<Checkup> check() {
    std::vector<Checkup> checkups{compiler()};
    checkups.push_back(abi("64-bit", Abi::kLp64, native_, "grading"));
    checkups.back().essential = true;
    checkups.push_back(abi("32-bit", Abi::kIlp32, narrow_, "--abi ilp32: submissions that keep pointers in 4 bytes"));
    checkups.push_back(sandbox());
    checkups.push_back(debugger());
    checkups.push_back(valgrind());
    checkups.push_back(fuzzer());
    checkups.push_back(watchpoints());
    checkups.push_back(node());
    checkups.push_back(viewer());
    checkups.push_back(timer());
    return checkups;
  }

 private:
  Checkup compiler() const {
    Checkup checkup = of_tool("compiler", BuildSettings{}.compiler, "grading, but by rubrics that name another compiler");
    checkup.essential = true;
    return checkup;
  }

  Checkup abi(std::string part, Abi abi, std::optional<LaunchSettings>& made, std::string lost) const {
    return trying({.part = std::move(part), .lost = std::move(lost)}, [&](Checkup& checkup) {
      const LaunchSettings settings = build_tiny(abi);
      Reply reply;
      const auto subject = launch(settings);
      if (subject->begin({}, reply).ended) throw std::runtime_error("a submission does not run");
      checkup.found = "submissions are built and run";
      made = settings;
    });
  }

  LaunchSettings build_tiny(Abi abi) const {
    const bool narrow = abi == Abi::kIlp32;
    const fs::path folder = places_.scratch_dir / (narrow ? "ilp32" : "lp64");
    fs::create_directories(folder);
    std::ofstream(folder / "mm.c") << kTinySubmission;
    const HostFiles files = host_files(places_.build_dir, narrow);
    BuildSettings settings;
    settings.abi = abi;
    const auto outcome = build({folder / "mm.c"}, settings, {places_.include_dir, files.memlib, folder, true});
    if (const auto* failed = std::get_if<BuildFailed>(&outcome)) throw std::runtime_error(failed->diagnostics);
    LaunchSettings launch{.host = files.host, .library = std::get<Built>(outcome).library};
    if (narrow) launch.heap_base = 0x10000000;
    if (narrow) launch.pointer_width = PointerWidth::k32;
    return launch;
  }

  Checkup sandbox() const {
    return trying({.part = "sandbox", .lost = "running a submission confined"}, [&](Checkup& checkup) {
      if (!native_) throw std::runtime_error("not tried: no submission can be built");
      checkup.found = launch(*native_)->isolation();
      if (checkup.found == "full") return;
      checkup.health = Health::kLimited;
      checkup.lost = "grading with --require-isolation";
      const auto without = [&](const char* layer, const char* lost) {
        if (checkup.found.find(layer) != std::string::npos) checkup.lost += std::string("; ") + lost;
      };
      without("no seccomp", "keeping submissions from system calls");
      without("no Landlock", "keeping submissions, and the compiler, from files that you can read");
      without("no namespaces", "a second border to the network");
      without("no limits", "bounds on what a submission uses");
    });
  }

  Checkup valgrind() const {
    Checkup checkup = of_tool("valgrind", "valgrind", "throughput: {by: instructions}");
    if (checkup.health == Health::kMissing) return checkup;
    checkup.lost = "throughput: {by: instructions}";
    return trying(checkup, [&](Checkup& tried) {
      const Trace trace("tiny", {}, 1, {{.size = 8, .block = 0, .op = Op::kMalloc}, {.block = 0, .op = Op::kFree}});
      if (!native_) throw std::runtime_error("not tried: no submission can be built");
      count(trace, *native_);
      tried.found += ", counts instructions";
      if (!narrow_) return;
      count(trace, *narrow_);
      tried.found += ", also of 32-bit programs";
    });
  }

  void count(const Trace& trace, const LaunchSettings& settings) const {
    const auto result = count_instructions(trace, {settings, {}}, {settings, {}}, {.scratch_dir = places_.scratch_dir});
    if (!std::holds_alternative<Measurement>(result)) throw std::runtime_error("a tiny submission cannot be counted");
  }

  // A debugger that may not start a program is of no use, and its commands are written in Python.
  static Checkup debugger() {
    Checkup checkup = of_tool("gdb", "gdb", "heapjudge debug: stopping in the debugger at a request");
    if (checkup.health == Health::kMissing) return checkup;
    checkup.lost = "heapjudge debug: stopping in the debugger at a request";
    return trying(checkup, [](Checkup& tried) {
      const ToolRun run = run_tool({"gdb", "-nx", "-batch", "-ex", "run", "-ex", "python print('py' + 'thon')", "true"},
                                   kRoomy);
      const bool starts = run.output.find("exited normally") != std::string::npos;
      const bool has_python = run.output.find("python") != std::string::npos;
      if (!starts || !has_python) tried.health = Health::kLimited;
      tried.found += starts ? ", starts programs" : ", may not start a program (ptrace)";
      if (!has_python) tried.found += ", without Python";
      if (starts && !has_python) tried.lost = "the commands mheap, mblock and mshadow in heapjudge debug";
    });
  }

  Checkup fuzzer() const {
    Checkup checkup = of_tool("clang", "clang", "guided fuzzing, and submissions that build with clang only");
    if (checkup.health == Health::kMissing) return checkup;
    return trying(checkup, [&](Checkup& tried) {
      const fs::path source = places_.scratch_dir / "fuzz.c";
      std::ofstream(source) << kTinyTarget;
      const bool fuzzes = runs(source, "-fsanitize=fuzzer");
      const bool sanitizes = runs(source, "-fsanitize=fuzzer,address,undefined");
      tried.found += fuzzes ? ", with libFuzzer" : ", without libFuzzer (libclang-rt-dev)";
      if (fuzzes) tried.found += sanitizes ? ", AddressSanitizer and UndefinedBehaviorSanitizer" : ", without sanitizers";
      if (!fuzzes || !sanitizes) tried.health = Health::kLimited;
      tried.lost = fuzzes ? "the lines that sanitizers name for findings of the fuzzer" : "guided fuzzing";
    });
  }

  // Whether what clang makes of the target with this option works here, and not only there.
  static bool runs(const fs::path& source, const std::string& option) {
    const std::string program = source.string() + ".out";
    return run_tool({"clang", option, source.string(), "-o", program}).succeeded() &&
           run_tool({program, "-runs=1"}, kRoomy).succeeded();
  }

  static Checkup watchpoints() {
    if (stores_can_be_watched()) return {.part = "watchpoints", .found = "a store to a watched word is caught"};
    return {.part = "watchpoints",
            .health = Health::kLimited,
            .found = "neither breakpoint events (perf_event_open) nor debug registers (ptrace) stop at a store",
            .lost = "naming at once the line that writes where it should not, in place of single steps"};
  }

  static Checkup node() {
    Checkup checkup = of_tool("node", "node", "building the viewer of HTML reports anew");
    if (checkup.health == Health::kWorks && !find_tool("npm")) {
      checkup.health = Health::kLimited;
      checkup.found += ", without npm";
      checkup.lost = "building the viewer of HTML reports anew";
    } else if (checkup.health == Health::kWorks) {
      checkup.found = "node " + checkup.found + ", with npm";
    }
    return checkup;
  }

  // Its build makes an empty file where it could not do better.
  Checkup viewer() const {
    const fs::path script = viewer_script(places_.build_dir);
    std::error_code missing;
    const std::uintmax_t bytes = fs::file_size(script, missing);
    if (!missing && bytes > 0) return {.part = "viewer", .found = "built: pictures of HTML reports can be zoomed"};
    return {.part = "viewer",
            .health = Health::kMissing,
            .found = "not built; why: " + (script.parent_path() / "build.log").string(),
            .lost = "zooming in HTML reports, whose pictures stay still; remove " + script.string() +
                    " and build again, with npm and a network"};
  }

  static Checkup timer() {
    const double percent = spread_percent(time_a_loop(kLoops, kLoopSeconds));
    Checkup checkup{.part = "timer noise",
                    .found = fmt::format("{:.1f} % of CPU time between the 10th and 90th percentile of {} loops: ", percent,
                                         kLoops)};
    if (percent <= kQuietPercent) {
      checkup.found += "scores by CPU time are steady";
    } else {
      checkup.health = Health::kLimited;
      checkup.found += "noisy";
      checkup.lost = "quick and steady scores by CPU time: more pairs are needed (not with by: instructions)";
    }
    return checkup;
  }

  const CheckupPlaces& places_;
  std::optional<LaunchSettings> native_;
  std::optional<LaunchSettings> narrow_;
};

}  // namespace

std::vector<Checkup> check_machine(const CheckupPlaces& places) { return Machine(places).check(); }

}  // namespace heapjudge
