// heapjudge grade --watch: first each trace once, which is quick; then all that a grading does.
#include <cstdio>

#include "cli/commands.h"
#include "cli/screen.h"
#include "cli/signals.h"
#include "cli/source_watch.h"
#include "reports/change_text.h"
#include "reports/printable.h"
#include "reports/report.h"
#include "trace/input_error.h"

namespace heapjudge {
namespace {

// Thrown out of a grading whose sources were saved again.
struct Outdated {};

// What the first run of a trace has shown already is not told again.
void leave_out_what_is_told(GradeSheet& whole, const GradeSheet& once) {
  const PastRun told = past_run_of(once, "");
  for (std::size_t i = 0; i < whole.traces.size(); ++i) {
    const TraceState now = state_of(whole.traces[i]);
    TraceChange& change = whole.comparison->traces[i];
    const auto before = told.traces.find(whole.traces[i].result.name);
    if (!change.before || before == told.traces.end() || before->second.state != now) continue;
    change.before = now;
    change.utilization.reset();
    if (!whole.identity.measured) change.points.reset();
  }
}

class Watch {
 public:
  Watch(const GradeOptions& options, const std::string& command)
      : options_(options), command_(command), sources_(options.submission) {
    options_.last_failed_first = true;
  }

  [[noreturn]] void run() {
    for (;;) {
      try {
        grade_anew();
      } catch (const Outdated&) {
      } catch (const InputError& error) {  // half saved; the next save may be better
        give_way_to_interrupt();
        std::fprintf(stderr, "heapjudge: %s\n", error.what());
      }
      std::string line;
      for (const std::string& name : sources_.wait()) line += (line.empty() ? "" : ", ") + printable(name);
      write_stdout("\n" + line + " saved\n");
    }
  }

 private:
  void grade_anew() {
    GradeOptions quick = options_;
    quick.without_speed = quick.each_trace_once = true;
    const auto once = grade(quick, once_);
    if (!once) return;
    if (once_) write_stdout(changes_of(*once, "each trace once:", style()));
    once_ = past_run_of(*once, "");
    auto whole = grade(options_, whole_);
    if (!whole) return;
    if (whole->comparison) leave_out_what_is_told(*whole, *once);
    write_stdout(whole_ ? changes_of(*whole, "score", style()) : text_of(*whole, style()));
    whole_ = past_run_of(*whole, "");
  }

  // The sheet, beside what was there before; nothing when there was nothing to grade.
  std::optional<GradeSheet> grade(const GradeOptions& options, const std::optional<PastRun>& before) {
    const auto stop_when_outdated = [this] {
      if (sources_.has_changed()) throw Outdated();
    };
    auto graded = grade_once(options, command_, {.between = stop_when_outdated});
    auto* const sheet = std::get_if<GradeSheet>(&graded);
    if (sheet == nullptr) return std::nullopt;
    if (before) sheet->comparison = compare(*sheet, *before);
    return std::move(*sheet);
  }

  TextStyle style() const { return text_style(options_.colour, options_.verbose, false); }

  GradeOptions options_;
  std::string command_;
  SourceWatch sources_;
  std::optional<PastRun> once_;   // without repetitions and speed
  std::optional<PastRun> whole_;  // with all
};

}  // namespace

int run_watch(const GradeOptions& options, const std::string& command) {
  Watch(options, command).run();
}

}  // namespace heapjudge
