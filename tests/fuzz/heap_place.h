// Where the heap of a submission lies that is loaded into a test.
#pragma once

#include <cstdint>

#include "fuzz/guarded_subject.h"

#ifndef __has_feature  // clang has it, gcc a macro of its own
#define __has_feature(x) 0
#endif

namespace heapjudge {

#if __has_feature(address_sanitizer) || defined(__SANITIZE_ADDRESS__)
inline constexpr bool kUnderAsan = true;
#else
inline constexpr bool kUnderAsan = false;
#endif

// AddressSanitizer keeps its own books where the heap lies otherwise.
inline const std::uint64_t kHeapPlace = kUnderAsan ? 0x200000000000 : GuardedSettings{}.heap_base;

}  // namespace heapjudge
