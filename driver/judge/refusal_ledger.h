// How many growths of the heap may still be refused on order.
#pragma once

#include <cstdint>

#include "wire/message.h"

namespace heapjudge {

// A refused growth excuses a NULL, so a subject that could claim refusals at will would pass by doing nothing. The
// judge knows what it has ordered, and believes in no more than that.
class RefusalLedger {
 public:
  explicit RefusalLedger(std::uint64_t ordered_for_the_run) : by_run_(ordered_for_the_run) {}

  void order(std::uint64_t growths) { by_trace_ = growths; }  // by a kRefuse request; 0 lifts it

  // The reply, without a refusal that nobody has ordered.
  Reply believe(Reply reply) {
    if ((reply.sbrk_events & kSbrkRefused) == 0) return reply;
    std::uint64_t& ordered = by_trace_ > 0 ? by_trace_ : by_run_;
    if (ordered == 0) {
      reply.sbrk_events &= ~std::uint32_t{kSbrkRefused};
    } else {
      --ordered;
    }
    return reply;
  }

 private:
  std::uint64_t by_run_;
  std::uint64_t by_trace_ = 0;
};

}  // namespace heapjudge
