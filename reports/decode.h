// What words and addresses that a failure left behind look like.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "judge/grade.h"

namespace heapjudge {

// What a word of a heap most likely is: `"size 48, allocated", as in a header or footer`; empty: no idea.
std::string meaning_of_word(std::uint64_t word, const Finding& finding);

// The damaged bytes as words, as far as they start at a word; empty: no idea.
std::string meaning_of_damage(const Damage& damage, const Finding& finding);

// The first damaged word, as far as it can be told: its lowest bytes may happen to be right already, and only
// 4 bytes of it may have been written.
std::optional<std::uint64_t> first_word_of(const Damage& damage, const Finding& finding);

enum class AddressKind : std::uint8_t {
  kUnknown,
  kNearNull,      // within a page of 0 on either side: a NULL pointer with an offset
  kNearMinusOne,  // the same, but odd as (void *)-1 is: what a refused mem_sbrk returns
  kTruncated,     // a heap address cut to 32 bits
  kPattern,       // client data used as a pointer
  kBelowHeap,     // up to a page below the heap's start
  kInHeap,        // between the heap's start and its limit
  kAboveHeap      // up to 1 MiB past its limit
};
// Of a crash. Near address 0 a cut heap address is told from NULL by whether the build warned of such casts.
AddressKind kind_of_address(std::uint64_t address, const Finding& finding, const Identity& identity);

// Of the address that was returned for a block.
AddressKind kind_of_reply(const Violation& violation, const Finding& finding);

// One sentence about the address of a crash; empty: nothing to say.
std::string meaning_of_address(std::uint64_t address, const Finding& finding, const Identity& identity);

// The three ways out for pointers that were cut to 4 bytes, and the command for one of them.
std::string hint_for_truncation(const Identity& identity);

}  // namespace heapjudge
