// The default traces of sane requests that were not recorded: one to begin with, and one for each of some families.
#include "traces/default_traces.h"

#include "generate/generator.h"
#include "generate/spec_yaml.h"
#include "trace/trace_builder.h"

namespace heapjudge {
namespace {

// Those of traces/specs that tell allocators apart by what recorded traces have little of.
constexpr const char* kFamilies[] = {"alternate-survivors", "coalesce", "grow-pinned", "phases", "random-bimodal"};

// A dozen requests that a first allocator should survive, and a person can follow.
Trace short_hello() {
  TraceBuilder trace;
  const BlockId first = trace.allocate(100);
  const BlockId second = trace.allocate(200);
  const BlockId third = trace.allocate(50);
  trace.free(second);
  const BlockId in_its_hole = trace.allocate(150);
  trace.resize(third, 400);
  trace.free(first);
  const BlockId last = trace.allocate(600);
  trace.free(in_its_hole);
  trace.resize(third, 40);
  trace.free(last);
  trace.free(third);
  return trace.build("short-hello.rep");
}

}  // namespace

std::vector<Trace> sane_traces(const std::filesystem::path& folder) {
  std::vector<Trace> all{short_hello()};
  for (const std::string name : kFamilies) {
    Spec spec = load_spec(folder / "specs" / (name + ".yaml"));
    spec.name = name + ".rep";
    all.push_back(generate(spec));
  }
  return all;
}

std::vector<Trace> default_traces(const std::filesystem::path& folder) {
  std::vector<Trace> all = sane_traces(folder);
  for (Trace& trace : contract_traces()) all.push_back(std::move(trace));
  return all;
}

}  // namespace heapjudge
