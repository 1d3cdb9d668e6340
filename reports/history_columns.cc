// Theory of operation. Numbers and columns are those of reports/column_numbers.h; a signed number s is 2s, or -2s - 1
// below 0.
//
//     version alignment requests   cut_at cut_bytes height of the address axis
//     grown    count, then for each change: moments since the last one, bytes (signed)
//     lives    count unit, then columns: births, each since the last; life times; offsets in units, each since the
//              last (signed); sizes; blocks, each since the one expected (signed): the block whose life ends there, for
//              it is resized, and else the number after that of the last block that was not
//     ranges   count, then for each: birth, life time, offset, bytes
//
// reports/viewer/src/history.ts reads it.
#include "reports/history_columns.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "reports/column_numbers.h"
#include "reports/png.h"
#include "trace/compress.h"

namespace heapjudge {
namespace {

constexpr std::uint64_t kVersion = 1;

// What `now` is more than `before`; neither is beyond 2^62.
std::uint64_t signed_step(std::uint64_t now, std::uint64_t before) {
  return now >= before ? (now - before) * 2 : (before - now) * 2 - 1;
}

void add_grown(const std::vector<std::uint64_t>& grown, ColumnNumbers& numbers) {
  const auto changes = [&](const auto& tell) {
    std::uint64_t bytes = 0;
    for (std::size_t moment = 0; moment < grown.size(); ++moment) {
      if (grown[moment] != bytes) tell(moment, bytes);
      bytes = grown[moment];
    }
  };
  std::uint64_t count = 0;
  changes([&](std::size_t, std::uint64_t) { ++count; });
  numbers.add(count);
  std::size_t last = 0;
  changes([&](std::size_t moment, std::uint64_t before) {
    numbers.add(moment - last);
    numbers.add(signed_step(grown[moment], before));
    last = moment;
  });
}

// The alignment, where every block obeys it.
std::uint64_t unit_of(const HeapHistory& history) {
  const bool all = std::ranges::all_of(
      history.blocks, [&](const BlockLife& life) { return life.offset % history.alignment == 0; });
  return all ? history.alignment : 1;
}

using Column = std::vector<std::uint64_t>;

Column births_of(const std::vector<BlockLife>& lives) {
  Column births;
  std::size_t last = 0;
  for (const BlockLife& life : lives) births.push_back(life.born - std::exchange(last, life.born));
  return births;
}

Column places_of(const std::vector<BlockLife>& lives, std::uint64_t unit) {
  Column places;
  std::uint64_t last = 0;
  for (const BlockLife& life : lives) {
    const std::uint64_t place = life.offset / unit;
    places.push_back(signed_step(place, std::exchange(last, place)));
  }
  return places;
}

Column blocks_of(const HeapHistory& history) {
  Column blocks;
  std::vector<std::optional<BlockId>> ending(history.requests() + 2);  // at each moment, of a life that ends there
  std::uint64_t next = 0;
  for (const BlockLife& life : history.blocks) {
    const std::optional<BlockId> resized = ending[life.born];
    blocks.push_back(signed_step(life.block, resized ? *resized : next));
    if (!resized) next = std::uint64_t{life.block} + 1;
    ending[life.died] = life.block;
  }
  return blocks;
}

template <typename Value>
Column column_of(const std::vector<BlockLife>& lives, Value value) {
  Column column;
  for (const BlockLife& life : lives) column.push_back(value(life));
  return column;
}

void add_lives(const HeapHistory& history, ColumnNumbers& numbers) {
  const auto& lives = history.blocks;
  const std::uint64_t unit = unit_of(history);
  numbers.add(lives.size());
  numbers.add(unit);
  numbers.add_column(births_of(lives));
  numbers.add_column(column_of(lives, [](const BlockLife& life) { return life.died - life.born; }));
  numbers.add_column(places_of(lives, unit));
  numbers.add_column(column_of(lives, [](const BlockLife& life) { return life.size; }));
  numbers.add_column(blocks_of(history));
}

}  // namespace

std::string columns_of(const HeapHistory& history, const AddressAxis& axis) {
  ColumnNumbers numbers;
  for (const std::uint64_t number : {kVersion, std::uint64_t{history.alignment}, std::uint64_t{history.requests()},
                                     axis.cut_at, axis.cut_bytes, axis.height}) {
    numbers.add(number);
  }
  add_grown(history.grown_bytes, numbers);
  add_lives(history, numbers);
  numbers.add(history.ranges.size());
  for (const RangeLife& range : history.ranges) {
    numbers.add(range.born);
    numbers.add(range.died - range.born);
    numbers.add(range.range.offset);
    numbers.add(range.range.bytes);
  }
  return base64_of(pack_gzip(numbers.bytes()));
}

}  // namespace heapjudge
