// Runs several allocators on the same traces, for `heapjudge bench`.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "judge/bench.h"
#include "judge/rubric.h"

namespace heapjudge {

struct BenchSettings {
  std::vector<std::filesystem::path> submissions;  // each a file, a folder, or a reference's name
  std::vector<std::string> references;             // names, libc among them; see judge/reference_name.h
  std::vector<TraceEntry> traces;
  unsigned workers = 1;
  std::filesystem::path state_dir = ".heapjudge";
};

// Told which allocator is at work, and how far it is.
using BenchListener = std::function<void(const std::string& name, std::size_t done, std::size_t total)>;

// What fails is a cell or an entry of the sheet. Throws InputError for what is not a submission, a reference or a trace,
// and std::runtime_error for the machine's faults. The sheet is compared already.
BenchSheet run_bench(const Rubric& rubric, const BenchSettings& settings, const BenchListener& listener = {});

}  // namespace heapjudge
