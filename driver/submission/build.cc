// Theory of operation
//   sources ──compile each──► <library>.objects/00-mm.o ... ──link, with memlib──► <library>
// A try is all of that with one toolchain. What fails is tried again with the known ways out, while the time
// for the whole build lasts. Successful compilations are not repeated for the sake of diagnostics: warnings
// are on but only counted; what fails is compiled once more without warnings, to show the errors alone.
#include "submission/build.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

#include "submission/read_border.h"
#include "submission/run_tool.h"
#include "submission/sources.h"
#include "submission/stopwatch.h"
#include "submission/toolchain.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kShownLines = 200;

struct Linked {
  std::size_t pointer_cast_warnings = 0;
};

struct Failed {
  std::vector<std::string> command;
  std::string output;
  bool at_link = false;
  bool timed_out = false;
  std::optional<CompileStep> step;  // the one that failed, to be shown
};

using Try = std::variant<Linked, Failed>;

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

// The first line that the command prints. It is asked once: some compilers take a tenth of a second to start, and a
// campaign builds hundreds of libraries with the same one.
std::string version_told_by(const std::vector<std::string>& command) {
  static std::mutex mutex;
  static std::map<std::vector<std::string>, std::string> told;
  {
    const std::scoped_lock lock(mutex);
    if (const auto known = told.find(command); known != told.end()) return known->second;
  }
  const ToolRun run = run_tool(command, {.seconds = 10});
  const std::string version = run.output.substr(0, run.output.find('\n'));
  const std::scoped_lock lock(mutex);
  if (run.succeeded()) told.emplace(command, version);
  return version;
}

class Builder {
 public:
  Builder(SourceSet sources, const BuildSettings& settings, const BuildPlaces& places)
      : sources_{std::move(sources)}, settings_{settings}, places_{places} {
    for (std::size_t i = 0; i < sources_.sources.size(); ++i)
      steps_.push_back(step_for(sources_.sources[i], i));
    if (places_.confined) confine();
  }

  std::variant<Built, BuildFailed> run() {
    const Toolchain asked{settings_.compiler};
    Try first = attempt(asked);
    if (const Linked* linked = std::get_if<Linked>(&first)) return built(asked, *linked);
    const Failed& failed = std::get<Failed>(first);
    if (!failed.timed_out) {
      if (std::optional<Built> rescued = rescue(asked, failed)) return *rescued;
    }
    return shown(asked, failed);
  }

 private:
  fs::path library() const { return places_.scratch_dir / "submission.so"; }

  CompileStep step_for(const fs::path& source, std::size_t index) const {
    const std::string number = std::to_string(index);
    const fs::path object = objects_dir_of(library()) / (number + "-" + source.stem().string() + ".o");
    return {source, object, sources_.include_dirs, places_.include_dir};
  }

  void confine() {
    readable_ = sources_.folders;
    readable_->push_back(places_.include_dir);
    readable_->push_back(places_.memlib);
    if (!ReadBorder::is_available())
      sources_.notes.push_back("the compiler could read any file: no Landlock here");
  }

  ToolRun run_limited(const std::vector<std::string>& command) const {
    ToolLimits limits;
    limits.seconds = std::max(settings_.seconds - clock_.seconds(), 0.1);
    limits.temporary_dir = fs::absolute(places_.scratch_dir);
    limits.readable = readable_;
    return run_tool(command, limits);
  }

  Try attempt(const Toolchain& toolchain) {
    fs::remove_all(objects_dir_of(library()));
    fs::create_directories(objects_dir_of(library()));
    Linked linked;
    for (const CompileStep& step : steps_) {
      auto command = compile_command(toolchain, settings_, step, Diagnostics::kCounted);
      ToolRun run = run_limited(command);
      if (!run.succeeded())
        return Failed{std::move(command), std::move(run.output), false, run.timed_out, step};
      linked.pointer_cast_warnings += count_pointer_casts(run.output);
    }
    if (std::optional<Failed> failed = link(toolchain)) return *failed;
    return linked;
  }

  std::optional<Failed> link(const Toolchain& toolchain) const {
    LinkStep step{.objects = {}, .library = library(), .memlib = places_.memlib, .cxx = false};
    for (const CompileStep& compiled : steps_) {
      step.objects.push_back(compiled.object);
      step.cxx = step.cxx || is_cxx(compiled.source);
    }
    auto command = link_command(toolchain, settings_, step);
    ToolRun run = run_limited(command);
    if (run.succeeded()) return std::nullopt;
    return Failed{std::move(command), std::move(run.output), true, run.timed_out, std::nullopt};
  }

  std::optional<Built> rescue(const Toolchain& asked, const Failed& failed) {
    if (auto result = mm_alone(asked, failed)) return result;
    if (auto result = with_gnu89_inline(asked, failed)) return result;
    const Toolchain other{asked.other()};
    if (!find_tool(other.compiler)) return std::nullopt;
    Try second = attempt(other);
    const std::string note = "built with " + other.name() + ": " + asked.name() + " refuses it";
    if (const Linked* linked = std::get_if<Linked>(&second)) return with_note(built(other, *linked), note);
    return with_gnu89_inline(other, std::get<Failed>(second));
  }

  // Plain C99 inline functions have no definition of their own to link against.
  std::optional<Built> with_gnu89_inline(Toolchain toolchain, const Failed& failed) {
    if (!failed.at_link || toolchain.gnu89_inline) return std::nullopt;
    toolchain.gnu89_inline = true;
    return try_again(toolchain, "needed -fgnu89-inline");
  }

  std::optional<Built> try_again(const Toolchain& toolchain, const std::string& note) {
    Try again = attempt(toolchain);
    const Linked* linked = std::get_if<Linked>(&again);
    return linked == nullptr ? std::nullopt : std::optional(with_note(built(toolchain, *linked), note));
  }

  // A folder may hold earlier versions and experiments beside an mm.c that is complete without them.
  std::optional<Built> mm_alone(const Toolchain& asked, const Failed& failed) {
    const auto is_mm = [](const CompileStep& step) { return step.source.stem() == "mm"; };
    const auto mm = std::find_if(steps_.begin(), steps_.end(), is_mm);
    if (!sources_.from_folder || steps_.size() < 2 || mm == steps_.end()) return std::nullopt;
    if (failed.step && is_mm(*failed.step)) return std::nullopt;
    const std::vector<CompileStep> all = std::exchange(steps_, {CompileStep(*mm)});
    auto result =
        try_again(asked, "only mm taken: it builds without the other sources of the folder, not with them");
    if (!result) steps_ = all;
    return result;
  }

  Built built(const Toolchain& toolchain, const Linked& linked) const {
    Built result;
    result.library = library();
    for (const CompileStep& step : steps_) result.sources.push_back(step.source);
    result.compiler = compiler_and_version(toolchain);
    result.flags = flags();
    result.pointer_cast_warnings = linked.pointer_cast_warnings;
    result.notes = sources_.notes;
    result.seconds = clock_.seconds();
    return result;
  }

  static Built with_note(Built built, const std::string& note) {
    built.notes.push_back(note);
    return built;
  }

  std::string flags() const {
    std::string text;
    for (const std::string& flag : flags_of(settings_, is_cxx(steps_.front().source))) {
      if (!text.empty()) text += ' ';
      text += flag;
    }
    return text;
  }

  std::string compiler_and_version(const Toolchain& toolchain) const {
    const std::string compiler =
        is_cxx(steps_.front().source) ? toolchain.cxx_compiler() : toolchain.compiler;
    std::vector<std::string> command{compiler, "-dumpversion"};
    if (!toolchain.is_clang()) command.insert(command.begin() + 1, "-dumpfullversion");
    return fs::path(compiler).filename().string() + " " + version_told_by(command);
  }

  BuildFailed shown(const Toolchain& asked, const Failed& failed) const {
    BuildFailed result{to_shell(failed.command), failed.output};
    bool timed_out = failed.timed_out;
    if (failed.step && !timed_out) {
      const auto command = compile_command(asked, settings_, *failed.step, Diagnostics::kShown);
      const ToolRun again = run_limited(command);
      if (!again.succeeded()) result = {to_shell(command), again.output};
      timed_out = again.timed_out;
    }
    name_files_as_given(result.diagnostics);
    result.diagnostics = presentable(result.diagnostics, kShownLines);
    if (timed_out) {
      result.diagnostics += "stopped: the build took longer than " + seconds_text() + " s\n";
    }
    return result;
  }

  std::string seconds_text() const {
    std::string text = std::to_string(settings_.seconds);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.pop_back();
    return text;
  }

  // The linker speaks of objects, and of sources by absolute path.
  void name_files_as_given(std::string& text) const {
    for (std::size_t i = 0; i < sources_.sources.size(); ++i) {
      const fs::path& source = sources_.sources[i];
      replace_all(text, step_for(source, i).object.string(), source.string());
      if (source.is_relative()) replace_all(text, fs::absolute(source).string(), source.string());
    }
  }

  SourceSet sources_;
  const BuildSettings& settings_;
  const BuildPlaces& places_;
  std::vector<CompileStep> steps_;
  std::optional<std::vector<fs::path>> readable_;  // none: everything
  Stopwatch clock_;
};

}  // namespace

fs::path objects_dir_of(const fs::path& library) {
  return library.string() + ".objects";
}

std::variant<Built, BuildFailed> build(const std::vector<fs::path>& submission, const BuildSettings& settings,
                                       const BuildPlaces& places) {
  return Builder(collect_sources(submission), settings, places).run();
}

}  // namespace heapjudge
