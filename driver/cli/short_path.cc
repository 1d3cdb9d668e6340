// Nothing is looked up but the working directory.
#include "cli/short_path.h"

#include <system_error>

namespace heapjudge {

namespace fs = std::filesystem;

fs::path short_path(const fs::path& file) {
  std::error_code error;
  const fs::path here = fs::current_path(error);
  if (error || file.is_relative()) return file;
  const fs::path relative = file.lexically_normal().lexically_relative(here);
  return relative.empty() || *relative.begin() == ".." ? file : relative;
}

}  // namespace heapjudge
