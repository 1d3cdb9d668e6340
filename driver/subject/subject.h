// Somebody who answers requests: a submission in its own process, or one loaded into ours.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "subject/ending.h"
#include "wire/heap_range.h"
#include "wire/message.h"
#include "wire/payload_pattern.h"

namespace heapjudge {

// What new heap memory holds before anybody writes to it.
enum class HeapFill : std::uint8_t { kZero, kPattern };

// Set bits at both ends, so that it looks like an allocated block, an odd size and a bad pointer.
constexpr std::uint8_t fill_byte_of(HeapFill fill) { return fill == HeapFill::kZero ? 0x00 : 0xdb; }

struct RunSettings {
  HeapFill fill = HeapFill::kZero;
  // Growths of the heap are counted from 1; those from refuse_from on, refuse_count of them, are refused.
  std::uint64_t refuse_from = 0;   // 0: none
  std::uint64_t refuse_count = 0;
};

struct Progress {
  std::size_t served = 0;  // commands answered; all of them unless the subject ended, or see serve()
  bool ended = false;      // then end() tells how
};

// One subject serves one run after the other: begin, serve ..., begin, serve ..., end.
class Subject {
 public:
  virtual ~Subject() = default;

  // Empties the heap (all bytes as `fill` says) and calls mm_init. served is 1 when mm_init returned; the
  // reply's offset is then kInitOk or kInitFailed.
  virtual Progress begin(const RunSettings& settings, Reply& reply) = 0;

  // Serves commands in order; replies[i] answers commands[i]. Both have the same length, at most
  // max_batch(). Replies are copies: they do not change behind the caller's back, but they are untrusted.
  // A command during which mem_map or mem_unmap has changed what is mapped is the last one served, so that mapped()
  // tells how it was left; the rest is to be served by another call. At least one command is served, or it has ended.
  virtual Progress serve(std::span<const Command> commands, std::span<Reply> replies) = 0;

  virtual std::size_t max_batch() const = 0;

  // The request that is served next, or mm_init, is the one that was launched to be watched: where that takes single
  // steps, no other is stepped through.
  virtual void watch_next() {}

  // True where each store of the submission is looked at before it happens.
  virtual bool guards_stores() const { return false; }
  Coverage coverage() const { return coverage_where(guards_stores()); }

  // What is mapped after the last command served: a copy, untrusted. Meaningless when the subject has ended.
  virtual std::span<const HeapRange> mapped() { return {}; }

  // The judge's mapping of the heap, heap_limit bytes long. Live payloads are written and checked here.
  virtual std::span<std::byte> heap() = 0;

  // The offset that stands for NULL, and the heap's address in the subject's eyes.
  virtual std::uint64_t heap_base() const = 0;
  std::uint64_t null_offset() const { return 0 - heap_base(); }

  // The end of the last page of the heap that is there because somebody wrote to it; all behind it is zero
  // (and no page that was never written to counts). It cannot be lied about.
  virtual std::uint64_t touched_bytes() = 0;

  // The stretches below touched_bytes() that somebody may have written to, by rising offset: all between them is zero.
  virtual std::vector<HeapRange> touched() { return {{0, touched_bytes()}}; }

  // Memory outside of the heap that the subject has written to while it was loaded and since, in bytes: an allocator
  // keeps its data structures in the heap. Static data counts in whole pages, and so does what the loader and
  // the C library use: some tens of KiB mean nothing.
  virtual std::uint64_t bytes_outside_heap() = 0;

  // How well it is locked in: "full", "partial: no Landlock, no namespaces", or "none".
  virtual std::string isolation() const = 0;

  // Ends the subject, waits for it and tells how it ended; the same answer when called again.
  virtual const Ending& end() = 0;
};

}  // namespace heapjudge
