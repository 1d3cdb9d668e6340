#include "student/server.h"

namespace heapjudge {

void* RequestServer::pointer_at(std::uint64_t offset) const {
  return reinterpret_cast<void*>(static_cast<std::uintptr_t>(heap_base_ + offset));
}

std::uint64_t RequestServer::offset_of(const void* pointer) const {
  return static_cast<std::uint64_t>(reinterpret_cast<std::uintptr_t>(pointer)) - heap_base_;
}

std::uint64_t call_init(const EntryPoints& entries) {
  void* ranges = nullptr;
  const int result = entries.init(&ranges);
  const bool ok = entries.init_returns_bool ? (result & 0xff) != 0 : result != -1;
  return ok ? kInitOk : kInitFailed;
}

std::uint64_t RequestServer::call(const Command& command) {
  void* const block = pointer_at(command.offset);
  const std::size_t size = to_size(command.size);
  switch (command.verb) {
    case Verb::kMalloc: return offset_of(entries_.malloc(size));
    case Verb::kFree: entries_.free(block); return 0;
    case Verb::kRealloc: return offset_of(entries_.realloc(block, size));
    case Verb::kCalloc: return offset_of(entries_.calloc(command.count, size));
    case Verb::kAligned: return offset_of(entries_.aligned(std::size_t{1} << command.alignment_log2, size));
    case Verb::kInit: heapjudge_memlib_empty(); return call_init(entries_);
    case Verb::kRefuse: heapjudge_memlib_refuse_next(command.size); return 0;
    case Verb::kSkip: return 0;
    case Verb::kCheck: return entries_.check != nullptr ? entries_.check(0) : 0;
  }
  return 0;
}

bool RequestServer::is_in_heap(std::uint64_t size, const Reply& reply) {
  if (reply.offset <= reply.heap_bytes && size <= reply.heap_bytes - reply.offset) return true;
  return heapjudge_memlib_is_mapped(reply.offset, size);
}

// What the client of an allocator does first. An address that is not in the heap is left to the judge.
void RequestServer::fill_payload(const Command& command, const Reply& reply) {
  const bool wanted =
      command.verb == Verb::kMalloc || command.verb == Verb::kAligned || command.verb == Verb::kRealloc;
  if (!wanted || command.size <= command.kept) return;
  if (!is_in_heap(command.size, reply)) return;
  auto* const payload = static_cast<std::byte*>(pointer_at(reply.offset));
  pattern_.fill({payload + command.kept, static_cast<std::size_t>(command.size - command.kept)}, command.stamp);
}

Reply RequestServer::answer(const Command& command) {
  const std::uint64_t offset = call(command);
  MemlibEvents events;
  heapjudge_memlib_take_events(&events);
  const Reply reply{offset, events.heap_bytes, events.peak_bytes, events.sbrk_events, events.sbrk_calls};
  fill_payload(command, reply);
  return reply;
}

Reply RequestServer::begin(const MemlibRun& run) {
  heapjudge_memlib_begin(&run);
  const std::uint64_t result = call_init(entries_);
  MemlibEvents events;
  heapjudge_memlib_take_events(&events);
  return {result, events.heap_bytes, events.peak_bytes, events.sbrk_events, events.sbrk_calls};
}

}  // namespace heapjudge
