// The fuzzing processes of one hunt.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "fuzz/worker.h"

namespace heapjudge {

class Crew {
 public:
  // Starts `workers` processes, at least one. Each has its own part of `hunt.inputs`, and its own seeds. Throws as
  // HuntProcess does.
  Crew(const HuntSettings& hunt, unsigned workers);

  // Who is told of what they propose, and of the input on which one of them died.
  struct Listener {
    std::function<void(const Proposed&)> proposed;
    std::function<void(const std::vector<std::uint8_t>& input, std::uint64_t execution)> died;
  };

  // To be called every 20 milliseconds or so.
  void look_after(const Listener& listener);

  bool is_at_work() const;  // not all of them have tried all of their inputs
  FuzzCounts counts() const;
  double cpu_seconds() const;
  HuntState state() const { return workers_.front()->state(); }  // of the first

  // Ends them; what one has just found, it may still be shrinking. Then nothing more comes, and look_after() is to be
  // called once more.
  void stop();

 private:
  std::vector<std::unique_ptr<Worker>> workers_;
};

}  // namespace heapjudge
