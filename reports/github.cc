// A grade sheet for the log of a GitHub job.
//
// Theory of operation: GitHub obeys whatever line of the log looks like a command, also when a submission has printed
// it or is named so. The report therefore stands where commands are stopped, and each annotation is one line, escaped.
// GitHub shows ten annotations of a kind for a step and drops the others
// (https://github.com/orgs/community/discussions/26680); here the tenth counts those that were left out.
#include <fmt/format.h>

#include <algorithm>

#include "oracle/fault.h"
#include "reports/compiler_message.h"
#include "reports/fuzz_part.h"
#include "reports/outcome.h"
#include "reports/printable.h"
#include "reports/report.h"
#include "reports/sheet_words.h"
#include "reports/workflow_command.h"

namespace heapjudge {
namespace {

constexpr std::size_t kMostOfAKind = 10;

std::string_view base_name(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

// The word of the command line for a file that a compiler was given, which is where the repository has it.
std::string file_as_given(const std::string& file, const std::vector<std::string>& given) {
  for (const std::string& word : given) {
    if (base_name(word) == base_name(file)) return word;
  }
  return std::string(file);
}

// The innermost frame in a source of the submission; else the submission as a whole.
void set_place(Annotation& annotation, const Finding& finding, const Identity& identity) {
  if (!identity.files.empty()) annotation.file = identity.files.front();
  if (finding.stacks.empty()) return;
  const auto& stack = finding.stacks.front();
  const auto frame = std::ranges::find_if(stack, [](const SourceFrame& one) { return one.line != 0; });
  if (frame == stack.end()) return;
  annotation.file = file_as_given(frame->file, identity.files);
  annotation.line = frame->line;
}

Annotation annotation_of(const TraceRow& row, const std::string& name, const GradeSheet& sheet) {
  Annotation annotation{.title = "trace " + name};
  if (row.result.hidden) {
    annotation.kind = sheet.correct ? "warning" : "error";
    annotation.message = "failed";
    return annotation;
  }
  const Finding& finding = *finding_of(row.result);
  annotation.kind = decides(sheet, row) ? "error" : "warning";
  annotation.title = code_of(finding.fault) + " in " + annotation.title;
  annotation.message =
      finding.request == 0 ? describe(finding) : fmt::format("#{} {}", finding.request, describe(finding));
  set_place(annotation, finding, sheet.identity);
  return annotation;
}

Annotation annotation_of(const FuzzFinding& found, const GradeSheet& sheet) {
  const Finding& finding = *finding_of(found.result);
  Annotation annotation{.kind = decides(*sheet.fuzz, found) ? "error" : "warning",
                        .title = "fuzz, " + fuzz_name_of(found),
                        .message = fmt::format("#{} {}{}", finding.request, describe(finding), and_symptoms_of(found))};
  set_place(annotation, finding, sheet.identity);
  return annotation;
}

std::vector<Annotation> failures_in(const GradeSheet& sheet) {
  std::vector<Annotation> annotations;
  for (const StaticFinding& finding : sheet.static_findings) {
    annotations.push_back({.file = sheet.identity.files.empty() ? "" : sheet.identity.files.front(),
                           .title = code_of(finding.fault),
                           .message = finding.message});
  }
  const std::vector<std::string> names = names_of(sheet.traces);
  for (std::size_t i = 0; i < sheet.traces.size(); ++i) {
    const TraceRow& row = sheet.traces[i];
    const bool has_failed = finding_of(row.result) != nullptr || (row.result.hidden && row.ran && !row.passed);
    if (has_failed) annotations.push_back(annotation_of(row, names[i], sheet));
  }
  if (sheet.fuzz) {
    for (const FuzzFinding& finding : sheet.fuzz->hunt.findings) annotations.push_back(annotation_of(finding, sheet));
  }
  return annotations;
}

// At most kMostOfAKind of each kind.
std::string commands_of(const std::vector<Annotation>& annotations) {
  std::string text;
  for (const std::string_view kind : {"error", "warning", "notice"}) {
    std::vector<Annotation> of_kind;
    std::ranges::copy_if(annotations, std::back_inserter(of_kind),
                         [kind](const Annotation& annotation) { return annotation.kind == kind; });
    const std::size_t shown = of_kind.size() <= kMostOfAKind ? of_kind.size() : kMostOfAKind - 1;
    for (std::size_t i = 0; i < shown; ++i) text += workflow_command(of_kind[i]);
    if (shown == of_kind.size()) continue;
    text += workflow_command({.kind = kind,
                              .title = "heapjudge",
                              .message = fmt::format("{} more are in the log", of_kind.size() - shown)});
  }
  return text;
}

struct Annotations {
  std::vector<Annotation> operator()(const GradeSheet& sheet) const {
    std::vector<Annotation> annotations = failures_in(sheet);
    annotations.push_back({.kind = sheet.score ? "notice" : "warning",
                           .title = "heapjudge",
                           .message = score_text_of(sheet) + (sheet.correct ? "" : ", not correct")});
    return annotations;
  }

  std::vector<Annotation> operator()(const NotBuilt& built) const {
    std::vector<Annotation> annotations{{.title = "heapjudge", .message = sentence_of(built) + ": 0 points"}};
    for (const CompilerMessage& message : compiler_messages_in(built.failed.diagnostics)) {
      annotations.push_back({.kind = message.is_error ? "error" : "warning",
                             .file = file_as_given(message.file, built.files),
                             .line = message.line,
                             .column = message.column,
                             .title = "does not build",
                             .message = message.text});
    }
    return annotations;
  }

  std::vector<Annotation> operator()(const NotGraded& graded) const {
    return {{.title = "heapjudge", .message = "not graded, and no score: " + graded.why}};
  }
};

}  // namespace

std::string github_of(const Outcome& outcome, const std::string& token) {
  return without_commands(plain_text_of(outcome), token) + commands_of(std::visit(Annotations{}, outcome));
}

}  // namespace heapjudge
