// make_traces FOLDER: writes the default traces that are made, from the specs in FOLDER/specs.
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>

#include "trace/rep_format.h"
#include "traces/default_traces.h"

namespace {

int write_traces(const std::filesystem::path& folder) {
  for (const heapjudge::Trace& trace : heapjudge::default_traces(folder)) {
    const std::filesystem::path path = folder / trace.name();
    std::ofstream file(path, std::ios::binary);
    file << heapjudge::print_trace(trace);
    if (!file.flush()) {
      std::fprintf(stderr, "%s: cannot be written\n", path.c_str());
      return 2;
    }
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: make_traces FOLDER\n");
    return 2;
  }
  try {
    return write_traces(argv[1]);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "make_traces: %s\n", error.what());
    return 2;
  }
}
