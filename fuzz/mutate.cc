#include "fuzz/mutate.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "fuzz/generator.h"
#include "fuzz/input.h"
#include "fuzz/motifs.h"
#include "trace/random.h"

namespace heapjudge {
namespace {

using Bytes = std::vector<std::uint8_t>;
using Place = Bytes::difference_type;

std::size_t most_bytes(std::size_t room) {
  return std::min(room, kMostInputBytes);
}

// Invariant: a whole header, then whole records.
class Mutation {
 public:
  Mutation(std::span<const std::uint8_t> input, std::uint64_t seed)
      : random_(seed), input_(input.begin(), input.end()) {
    const std::size_t records = record_count(input.size());
    input_.resize(kInputHeaderBytes + records * kInputRecordBytes);
    crowd_less();
  }

  // One change, at times a few; something is always left.
  const Bytes& changed() {
    do {
      change();
    } while (random_.one_in(3) || records() == 0);
    return input_;
  }

 private:
  std::size_t records() const { return record_count(input_.size()); }
  Place place_of(std::size_t record) const {
    return static_cast<Place>(kInputHeaderBytes + record * kInputRecordBytes);
  }
  std::span<std::uint8_t, kInputRecordBytes> bytes_of(std::size_t record) {
    return std::span<std::uint8_t, kInputRecordBytes>(input_.begin() + place_of(record), kInputRecordBytes);
  }
  std::size_t any() { return random_.below(records()); }

  void change();
  void crowd_less();
  void change_header();
  void change_record();
  void swap_records();
  void remove_stretch();
  void copy_stretch();
  void even_out_stretch();
  void insert(const Bytes& records);
  void insert_record();
  void insert_motif();
  void truncate();

  Random random_;
  Bytes input_;
};

void Mutation::change() {
  const std::uint64_t dice = random_.below(16);
  if (records() == 0 || dice == 0) return insert_motif();
  switch (dice) {
    case 1:
      return change_header();
    case 2:
    case 3:
      return insert_record();
    case 4:
    case 5:
      return remove_stretch();
    case 6:
    case 7:
      return copy_stretch();
    case 8:
      return swap_records();
    case 9:
      return even_out_stretch();
    case 10:
      return truncate();
    default:
      return change_record();
  }
}

// An input that crowds the heap takes long, one of chunks less so; their kind must not fill the corpus.
void Mutation::crowd_less() {
  InputHeader header = read_header(input_);
  const bool stays = header.scale == Scale::kCrowd ? random_.one_in(8) : random_.one_in(2);
  if (!may_crowd(header.scale) || stays) return;
  header.scale = Scale::kUsual;
  write_header(header, std::span(input_).first<kInputHeaderBytes>());
}

void Mutation::change_header() {
  InputHeader header = read_header(input_);
  const auto bit = static_cast<std::uint16_t>(1u << random_.below(16));
  switch (random_.below(8)) {
    case 0:
      header.steps_off ^= bit;
      break;
    case 1:
      header.sizes_off ^= bit;
      break;
    case 2:
      header.favourite = static_cast<std::uint16_t>(8 * random_.between(1, random_.one_in(2) ? 256 : 16));
      break;
    case 3:
      header.grain ^= 8 ^ 16;
      break;
    case 4:
      header.heap_limit = static_cast<std::uint8_t>(random_.below(kHeapLimits.size()));
      break;
    case 5:
      header.refusal = static_cast<RefusalKind>(random_.below(3));
      break;
    case 6:
      header.scale = header.scale == Scale::kUsual ? Scale::kPages : Scale::kUsual;
      break;
    default:
      header.refuse_before = static_cast<std::uint8_t>(random_.below(256));
      header.refused_growths = static_cast<std::uint8_t>(random_.between(1, 64));
  }
  write_header(header, std::span(input_).first<kInputHeaderBytes>());
}

void Mutation::change_record() {
  const auto bytes = bytes_of(any());
  Record record = read_record(bytes);
  const Record other = any_record(random_);
  switch (random_.below(8)) {
    case 0:
      record.step = other.step;
      break;
    case 1:
      record.choice = other.choice;
      break;
    case 2:
      record.size = other.size;
      break;
    case 3:
      record.difference = static_cast<std::uint8_t>(random_.below(kDifferences.size()));
      break;
    case 4:
      record.operand = other.operand;
      break;
    case 5:
      record.operand = static_cast<std::uint16_t>(record.operand + random_.below(33) - 16);
      break;
    case 6:
      record.index = random_.one_in(2) ? other.index : static_cast<std::uint16_t>(random_.below(8));
      break;
    default:
      record = other;
  }
  write_record(record, bytes);
}

void Mutation::swap_records() {
  const std::size_t one = any();
  const std::size_t other = random_.one_in(2) ? any() : (one + 1) % records();
  std::ranges::swap_ranges(bytes_of(one), bytes_of(other));
}

void Mutation::remove_stretch() {
  const std::size_t first = any();
  const std::size_t most =
      random_.one_in(4) ? records() - first : std::min<std::size_t>(records() - first, 8);
  const std::size_t count = random_.between(1, most);
  input_.erase(input_.begin() + place_of(first), input_.begin() + place_of(first + count));
}

void Mutation::copy_stretch() {
  const std::size_t first = any();
  const std::size_t count =
      random_.between(1, std::min<std::size_t>(records() - first, random_.one_in(4) ? 200 : 16));
  insert(Bytes(input_.begin() + place_of(first), input_.begin() + place_of(first + count)));
}

// All requests of a stretch get one record's size, choice or step.
void Mutation::even_out_stretch() {
  const Record model = read_record(bytes_of(any()));
  const std::size_t first = any();
  const std::size_t count = random_.between(1, std::min<std::size_t>(records() - first, 32));
  const std::uint64_t what = random_.below(3);
  for (std::size_t i = first; i < first + count; ++i) {
    Record record = read_record(bytes_of(i));
    if (what == 0) record.choice = model.choice;
    if (what == 1) record.step = model.step;
    if (what == 2) {
      record.size = model.size;
      record.operand = model.operand;
      record.difference = model.difference;
    }
    write_record(record, bytes_of(i));
  }
}

void Mutation::insert(const Bytes& records) {
  const std::size_t before = random_.below(this->records() + 1);
  input_.insert(input_.begin() + place_of(before), records.begin(), records.end());
}

void Mutation::insert_record() {
  Bytes record;
  append_record(any_record(random_), record);
  insert(record);
}

void Mutation::insert_motif() {
  Bytes records;
  append_motif(any_motif(read_header(input_).tier, random_), random_, records);
  insert(records);
}

void Mutation::truncate() {
  const std::size_t left = random_.between(1, records());
  input_.resize(static_cast<std::size_t>(place_of(left)));
}

std::size_t put(std::span<const std::uint8_t> input, std::span<std::uint8_t> out) {
  const std::size_t size = std::min(input.size(), most_bytes(out.size()));
  std::copy_n(input.begin(), size, out.begin());
  return size;
}

}  // namespace

std::size_t mutate_input(std::span<std::uint8_t> bytes, std::size_t size, std::uint64_t seed) {
  Mutation mutation(bytes.first(std::min(size, most_bytes(bytes.size()))), seed);
  return put(mutation.changed(), bytes);
}

std::size_t cross_inputs(std::span<const std::uint8_t> one, std::span<const std::uint8_t> other,
                         std::span<std::uint8_t> out, std::uint64_t seed) {
  Random random(seed);
  if (random.one_in(2)) std::swap(one, other);
  Bytes child(one.begin(), one.begin() + static_cast<Place>(std::min(one.size(), kInputHeaderBytes)));
  child.resize(kInputHeaderBytes);
  std::array<std::span<const std::uint8_t>, 2> left{};
  const std::array parents{one, other};
  for (std::size_t i = 0; i < 2; ++i) {
    const std::size_t records = record_count(parents[i].size());
    if (records > 0) left[i] = parents[i].subspan(kInputHeaderBytes, records * kInputRecordBytes);
  }
  // Turn by turn a stretch of each, of which some are left out.
  for (std::size_t turn = 0; !left[0].empty() || !left[1].empty(); turn ^= 1) {
    std::span<const std::uint8_t>& from = left[turn];
    if (from.empty()) continue;
    const std::size_t records = random.between(1, from.size() / kInputRecordBytes);
    const auto stretch = from.first(records * kInputRecordBytes);
    if (!random.one_in(4)) child.insert(child.end(), stretch.begin(), stretch.end());
    from = from.subspan(stretch.size());
  }
  return put(child, out);
}

}  // namespace heapjudge
