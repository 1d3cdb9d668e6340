// What the build made of reports/viewer, for the reports that carry it along.
#pragma once

#include <filesystem>
#include <string>

namespace heapjudge {

struct ViewerFiles {
  std::string style;         // of every HTML report
  std::string script;        // empty: the viewer is not built, and pictures stay still
  std::string script_style;  // that the script needs besides
};

// Of this program's own tree and build. Throws std::runtime_error when the tree has no style sheet.
ViewerFiles own_viewer_files();

// Where a build leaves the script; an empty file where it could not make it.
inline std::filesystem::path viewer_script(const std::filesystem::path& build_dir) {
  return build_dir / "viewer" / "viewer.js";
}

}  // namespace heapjudge
