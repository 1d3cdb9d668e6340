// Prints, packs and writes a trace.
#include "cli/trace_output.h"

#include <string>

#include "cli/screen.h"
#include "judge/whole_file.h"
#include "trace/compress.h"
#include "trace/input_error.h"
#include "trace/rep_format.h"

namespace heapjudge {

void write_trace(const Trace& trace, const std::optional<std::filesystem::path>& output) {
  if (trace.requests().size() > kMostRequests) {
    throw InputError(trace.name() + ": a trace has at most " + std::to_string(kMostRequests) + " requests");
  }
  const std::string text = print_trace(trace);
  if (!output) return write_stdout(text);
  if (output->extension() == ".zst") return write_whole_file(*output, pack_zstd(text));
  if (output->extension() == ".gz") return write_whole_file(*output, pack_gzip(text));
  write_whole_file(*output, text);
}

}  // namespace heapjudge
