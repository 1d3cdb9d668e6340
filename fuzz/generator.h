// Fuzz inputs from a seed, when there is no corpus to start from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "fuzz/input_format.h"
#include "trace/random.h"
#include "trace/tier.h"

namespace heapjudge {

// Each input has a length of its own, from 1 record to as many as make kMostInputRequests, short ones as
// often as long ones; a swarm of its own (a random subset of steps and kinds of sizes, or all); and is made
// of motifs, of stretches of random records with weights of their own, or of both.

// The same bytes for the same seed and tier, on every machine. At most kMostInputBytes.
std::vector<std::uint8_t> generate_input(std::uint64_t seed, Tier tier);

// The same into memory that is used again.
void generate_input(std::uint64_t seed, Tier tier, std::vector<std::uint8_t>& input);

// The same lengths, and every record by itself, each of its bytes by chance: what a generator without habits makes.
void generate_flat_input(std::uint64_t seed, Tier tier, std::vector<std::uint8_t>& input);

// Any record, step and size as the dice fall.
Record any_record(Random& random);

}  // namespace heapjudge
