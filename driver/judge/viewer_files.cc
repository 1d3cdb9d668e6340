#include "judge/viewer_files.h"

#include <fstream>
#include <iterator>
#include <optional>
#include <stdexcept>

#include "judge/tree.h"
#include "subject/child_subject.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

std::optional<std::string> contents_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(in), {});
}

}  // namespace

ViewerFiles own_viewer_files() {
  const fs::path style = heapjudge_tree() / "reports" / "viewer" / "report.css";
  const auto text = contents_of(style);
  if (!text) throw std::runtime_error(style.string() + ": cannot be read");
  const fs::path script = viewer_script(build_dir_of_this_program());
  return {.style = *text,
          .script = contents_of(script).value_or(""),
          .script_style = contents_of(fs::path(script).replace_extension(".css")).value_or("")};
}

}  // namespace heapjudge
