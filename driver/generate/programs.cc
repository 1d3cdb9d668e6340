// Data structures as programs make them: the real thing is kept beside the trace, so that blocks come and go
// in its order.
#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "generate/phases.h"

namespace heapjudge {
namespace {

constexpr std::uint64_t kPointerBytes = 8;

// A binary search tree without balancing; keys are random, so that it stays flat enough.
class Tree {
 public:
  Tree(const TreeProgram& program, TraceWriter& trace, Random& random)
      : program_(program), trace_(trace), random_(random), keys_(program.keys) {}

  std::size_t size() const { return count_; }

  void insert(std::uint64_t key) {
    int* link = link_to(key);
    if (*link >= 0) return;
    Node node{.key = key, .block = trace_.allocate(program_.node_bytes)};
    if (keys_) node.text = trace_.allocate(keys_->draw(random_));
    *link = static_cast<int>(nodes_.size());
    nodes_.push_back(node);
    ++count_;
  }

  // The next key from `key` on, as a program would erase what it just looked up.
  void erase_from(std::uint64_t key) {
    int* found = nullptr;
    for (int* link = &root_; *link >= 0;) {
      Node& node = nodes_[static_cast<std::size_t>(*link)];
      if (node.key >= key) found = link;
      link = node.key >= key ? &node.left : &node.right;
    }
    if (found != nullptr || root_ >= 0) unlink(found != nullptr ? found : &root_);
  }

  // Children first, as a recursive destructor.
  void clear() {
    std::vector<int> open;
    std::vector<int> order;
    if (root_ >= 0) open.push_back(root_);
    while (!open.empty()) {
      const int at = open.back();
      open.pop_back();
      order.push_back(at);
      const Node& node = nodes_[static_cast<std::size_t>(at)];
      for (const int child : {node.left, node.right}) {
        if (child >= 0) open.push_back(child);
      }
    }
    for (auto at = order.rbegin(); at != order.rend(); ++at) free_node(nodes_[static_cast<std::size_t>(*at)]);
    root_ = -1;
  }

 private:
  struct Node {
    std::uint64_t key = 0;
    BlockId block = kNoBlock;
    BlockId text = kNoBlock;
    int left = -1;
    int right = -1;
  };

  int* link_to(std::uint64_t key) {
    int* link = &root_;
    while (*link >= 0 && nodes_[static_cast<std::size_t>(*link)].key != key) {
      Node& node = nodes_[static_cast<std::size_t>(*link)];
      link = key < node.key ? &node.left : &node.right;
    }
    return link;
  }

  // With two children, the node takes over what its successor holds, and that one goes.
  void unlink(int* link) {
    Node* node = &nodes_[static_cast<std::size_t>(*link)];
    if (node->left >= 0 && node->right >= 0) {
      int* next = &node->right;
      while (nodes_[static_cast<std::size_t>(*next)].left >= 0)
        next = &nodes_[static_cast<std::size_t>(*next)].left;
      Node& successor = nodes_[static_cast<std::size_t>(*next)];
      std::swap(node->key, successor.key);
      std::swap(node->text, successor.text);
      node = &successor;
      link = next;
    }
    *link = node->left >= 0 ? node->left : node->right;
    free_node(*node);
  }

  void free_node(const Node& node) {
    if (node.text != kNoBlock) trace_.free(node.text);
    trace_.free(node.block);
    --count_;
  }

  const TreeProgram& program_;
  TraceWriter& trace_;
  Random& random_;
  std::optional<Distribution> keys_;
  std::vector<Node> nodes_;  // those that were erased are not used again
  int root_ = -1;
  std::size_t count_ = 0;
};

// The array of a hash table: twice as large as soon as there are as many entries as places, the new one
// before the old one goes.
class Buckets {
 public:
  explicit Buckets(TraceWriter& trace) : trace_(trace), block_(trace.allocate(places_ * kPointerBytes)) {}

  void make_room_for(std::size_t entries) {
    if (entries <= places_) return;
    places_ *= 2;
    const BlockId larger = trace_.allocate(places_ * kPointerBytes);
    trace_.free(block_);
    block_ = larger;
  }

  void clear() { trace_.free(block_); }

 private:
  TraceWriter& trace_;
  std::size_t places_ = 16;
  BlockId block_;
};

struct Entry {
  BlockId node;
  BlockId key;
};

void free_entry(const Entry& entry, TraceWriter& trace) {
  trace.free(entry.key);
  trace.free(entry.node);
}

}  // namespace

void write_phase(const TreeProgram& program, TraceWriter& trace, Random& random) {
  Tree tree(program, trace, random);
  for (std::size_t i = 0; i < program.operations; ++i) {
    const bool insert = random.below(2 * program.nodes) >= tree.size();
    const std::uint64_t key = random.next();
    if (insert) {
      tree.insert(key);
    } else {
      tree.erase_from(key);
    }
  }
  tree.clear();
}

void write_phase(const TableProgram& program, TraceWriter& trace, Random& random) {
  Distribution keys = program.keys;
  Buckets buckets(trace);
  std::vector<Entry> entries;
  for (std::size_t i = 0; i < program.operations; ++i) {
    if (random.below(2 * program.entries) >= entries.size()) {
      const BlockId key = trace.allocate(keys.draw(random));
      entries.push_back({.node = trace.allocate(program.node_bytes), .key = key});
      buckets.make_room_for(entries.size());
    } else {
      std::swap(entries[random.below(entries.size())], entries.back());
      free_entry(entries.back(), trace);
      entries.pop_back();
    }
  }
  // A walk along the array meets the entries in no order.
  for (std::size_t left = entries.size(); left > 0; --left) {
    std::swap(entries[random.below(left)], entries[left - 1]);
    free_entry(entries[left - 1], trace);
  }
  buckets.clear();
}

void write_phase(const StringProgram& program, TraceWriter& trace, Random& random) {
  constexpr std::uint64_t kFirstCapacity = 16;
  constexpr std::uint64_t kLongestPiece = 40;
  Distribution lengths = program.lengths;
  std::vector<BlockId> kept;
  for (std::size_t i = 0; i < program.strings; ++i) {
    const std::uint64_t length = lengths.draw(random) + 1;
    std::uint64_t capacity = kFirstCapacity;
    const BlockId text = trace.allocate(capacity);
    for (std::uint64_t filled = 0; filled < length; filled += random.between(1, kLongestPiece)) {
      while (filled > capacity) trace.resize(text, capacity *= 2);
    }
    trace.resize(text, length);
    if (kept.size() >= program.kept) {
      const std::size_t place = random.below(kept.size());
      if (random.one_in(2)) {  // joined with another one for a moment
        trace.free(trace.allocate(length + trace.size_of(kept[place])));
      }
      trace.free(kept[place]);
      kept[place] = text;
    } else {
      kept.push_back(text);
    }
  }
  for (const BlockId text : kept) trace.free(text);
}

// The n-gram is put together in a block of its own before it is looked up; when it is new, the table keeps
// that.
void write_phase(const NgramProgram& program, TraceWriter& trace, Random& random) {
  Distribution rank(PowerLaw{.first = 1, .last = program.vocabulary, .exponent = 1});
  Distribution length(LogNormal{.median = 6, .doublings = 0.6, .first = 1, .last = 24});
  std::vector<std::uint64_t> word_bytes(program.vocabulary + 1);
  for (std::uint64_t& bytes : word_bytes) bytes = length.draw(random);
  std::vector<std::uint64_t> window;
  std::map<std::vector<std::uint64_t>, Entry> counts;
  Buckets buckets(trace);
  for (std::size_t i = 0; i < program.words; ++i) {
    window.push_back(rank.draw(random));
    if (window.size() < program.n) continue;
    if (window.size() > program.n) window.erase(window.begin());
    std::uint64_t bytes = program.n;  // blanks between the words, and the final zero
    for (const std::uint64_t word : window) bytes += word_bytes[word];
    const BlockId text = trace.allocate(bytes);
    const auto [place, is_new] = counts.try_emplace(window);
    if (!is_new) {
      trace.free(text);
      continue;
    }
    place->second = {.node = trace.allocate(program.node_bytes), .key = text};
    buckets.make_room_for(counts.size());
  }
  for (const auto& [ngram, entry] : counts) free_entry(entry, trace);
  buckets.clear();
}

}  // namespace heapjudge
