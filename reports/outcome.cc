// The names that all formats print.
#include "reports/outcome.h"

namespace heapjudge {

std::string submission_of(const Outcome& outcome) {
  if (const auto* sheet = std::get_if<GradeSheet>(&outcome)) return sheet->identity.submission;
  if (const auto* built = std::get_if<NotBuilt>(&outcome)) return built->submission;
  return std::get<NotGraded>(outcome).submission;
}

}  // namespace heapjudge
