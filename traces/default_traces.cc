// The default traces of sane requests: one for each family, and one to begin with.
#include "traces/default_traces.h"

#include "trace/generate.h"
#include "trace/trace_builder.h"

namespace heapjudge {
namespace {

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

std::vector<Trace> sane_traces() {
  return {
      short_hello(),
      random_mixed({.name = "random-mixed.rep",
                    .seed = 11,
                    .requests = 10000,
                    .live_blocks = 800,
                    .largest_bytes = 8192}),
      random_mixed({.name = "random-small.rep",
                    .seed = 12,
                    .requests = 12000,
                    .live_blocks = 1500,
                    .largest_bytes = 256}),
      bimodal(
          {.name = "bimodal.rep", .seed = 13, .requests = 6000, .live_blocks = 600, .largest_bytes = 16384}),
      log_normal({.name = "lognormal.rep",
                  .seed = 14,
                  .requests = 8000,
                  .live_blocks = 800,
                  .largest_bytes = 65536}),
      alternate_survivors({.name = "alternate-survivors.rep",
                           .seed = 15,
                           .requests = 6000,
                           .live_blocks = 400,
                           .largest_bytes = 2048}),
      coalesce({.name = "coalesce.rep", .seed = 16, .requests = 5000, .live_blocks = 300}),
      realloc_growth({.name = "realloc-growth.rep",
                      .seed = 17,
                      .requests = 4000,
                      .live_blocks = 700,
                      .largest_bytes = 60000}),
      stack({.name = "stack.rep", .seed = 18, .requests = 5000, .live_blocks = 900, .largest_bytes = 1024}),
      queue({.name = "queue.rep", .seed = 19, .requests = 5000, .live_blocks = 900, .largest_bytes = 1024}),
  };
}

std::vector<Trace> default_traces() {
  std::vector<Trace> all = sane_traces();
  for (Trace& trace : contract_traces()) all.push_back(std::move(trace));
  return all;
}

}  // namespace heapjudge
