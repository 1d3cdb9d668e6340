// Debug information first; a function's name at least, from the symbol table, where there is none.
#include "submission/symbolize.h"

#include <algorithm>

#include "submission/debug_data.h"
#include "submission/demangle.h"
#include "submission/object_file.h"

namespace heapjudge {
namespace {

std::string name_at(const ObjectFile& library, std::uint64_t pc) {
  const auto holds = [pc](const DefinedFunction& function) {
    return pc >= function.address && pc - function.address < function.bytes;
  };
  const auto found = std::find_if(library.functions.begin(), library.functions.end(), holds);
  return found != library.functions.end() ? demangle(found->name) : "";
}

std::vector<SourceFrame> frames_at(const DebugData& debug_data, const ObjectFile& symbols, std::uint64_t pc) {
  std::vector<SourceFrame> frames = debug_data.frames_at(pc);
  if (frames.empty()) frames.emplace_back();
  if (frames.back().function.empty()) frames.back().function = name_at(symbols, pc);
  // A function that the compiler has split in parts and joined again looks as if it were inlined into itself.
  const auto same = [](const SourceFrame& a, const SourceFrame& b) { return a.function == b.function; };
  frames.erase(std::unique(frames.begin(), frames.end(), same), frames.end());
  return frames;
}

}  // namespace

std::vector<SourceFrame> symbolize(const std::filesystem::path& library, const Backtrace& backtrace) {
  const DebugData debug_data(library);
  const ObjectFile symbols = read_object(library);
  std::vector<SourceFrame> frames;
  for (const std::uint64_t pc : backtrace) {
    for (SourceFrame& frame : frames_at(debug_data, symbols, pc)) frames.push_back(std::move(frame));
  }
  return frames;
}

}  // namespace heapjudge
