// Whether a function can be called the way an allocator is called.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "submission/debug_data.h"

namespace heapjudge {

enum class Role : std::uint8_t { kInit, kMalloc, kFree, kRealloc, kCalloc, kAligned };

// What is wrong, to be read after the function's name ("takes 2 parameters; 1 is expected: (size)"). Integers
// of any width pass, and so do old-style definitions and any result of init and free.
std::optional<std::string> disagreement(const Signature& signature, Role role);

// Likewise for a heap checker, which takes nothing or one number (a line, or how much to print) and returns nothing or
// a number.
std::optional<std::string> reason_not_to_call(const Signature& checker);

}  // namespace heapjudge
