// Can a process be stopped at the store that changes a certain word?
#pragma once

namespace heapjudge {

// True when a process can be given a watchpoint of its own that raises SIGTRAP, by one of the ways of
// wire/watched_word.h but single steps. Tried in a child of this process.
bool stores_can_be_watched();

}  // namespace heapjudge
