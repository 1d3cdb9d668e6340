// make_traces FOLDER: writes the default traces.
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "trace/rep_format.h"
#include "traces/default_traces.h"

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: make_traces FOLDER\n");
    return 2;
  }
  for (const heapjudge::Trace& trace : heapjudge::default_traces()) {
    const std::filesystem::path path = std::filesystem::path(argv[1]) / trace.name();
    std::ofstream file(path, std::ios::binary);
    file << heapjudge::print_trace(trace);
    if (!file.flush()) {
      std::fprintf(stderr, "%s: cannot be written\n", path.c_str());
      return 2;
    }
  }
  return 0;
}
