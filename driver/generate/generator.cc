// Carries out the phases one after the other.
#include "generate/generator.h"

#include <algorithm>
#include <string>

#include "generate/phases.h"
#include "generate/trace_writer.h"
#include "trace/input_error.h"
#include "trace/rep_format.h"

namespace heapjudge {
namespace {

class Generator {
 public:
  explicit Generator(const Spec& spec) : spec_(spec), random_(spec.seed) {}

  Trace make() {
    write_all(spec_.phases);
    if (spec_.end) write(Free{.order = *spec_.end});
    require_room();
    return trace_.take(spec_.name);
  }

 private:
  void write_all(const std::vector<Phase>& phases) {
    for (const Phase& phase : phases) {
      std::visit([this](const auto& one) { write(one); }, phase);
      require_room();
    }
  }

  void require_room() const {
    if (trace_.size() <= kMostRequests) return;
    throw InputError(spec_.name + ": the spec makes more than " + std::to_string(kMostRequests) +
                     " requests");
  }

  void write(const Repeat& repeat) {
    for (std::size_t i = 0; i < repeat.times; ++i) write_all(repeat.phases);
  }

  void write(const Allocate& allocate) {
    Distribution sizes = allocate.sizes;
    for (std::size_t i = 0; i < allocate.blocks; ++i) trace_.allocate(sizes.draw(random_));
  }

  void write(const Free& free) {
    std::vector<BlockId> blocks = trace_.live();
    std::erase_if(blocks, [&](BlockId block) {
      return trace_.size_of(block) < free.least_bytes || trace_.size_of(block) > free.most_bytes;
    });
    put_in_order(free.order, blocks);
    std::size_t freed = 0;
    for (std::size_t i = 0; i < blocks.size() && freed < free.blocks; i += free.every, ++freed)
      trace_.free(blocks[i]);
  }

  void put_in_order(FreeOrder order, std::vector<BlockId>& blocks) {
    if (order == FreeOrder::kNewest) std::ranges::reverse(blocks);
    if (order != FreeOrder::kRandom) return;
    for (std::size_t left = blocks.size(); left > 1; --left) {
      std::swap(blocks[random_.below(left)], blocks[left - 1]);
    }
  }

  void write(const Init&) { trace_.init(); }
  void write(const Refuse& refuse) { trace_.refuse(refuse.growths); }

  template <typename OtherPhase>
  void write(const OtherPhase& phase) {
    write_phase(phase, trace_, random_);
  }

  const Spec& spec_;
  Random random_;
  TraceWriter trace_;
};

}  // namespace

Trace generate(const Spec& spec) {
  return Generator(spec).make();
}

std::uint64_t hidden_seed(std::uint64_t course_seed, std::string_view name) {
  std::uint64_t hash = Random(course_seed).next();
  for (const char c : name) hash = Random(hash ^ static_cast<unsigned char>(c)).next();
  return hash;
}

}  // namespace heapjudge
