// Areas are exact: in cells that no edge falls on, and in those that many do.
#include "history/carpet.h"

#include <gtest/gtest.h>

#include "history/area_grid.h"
#include "history/heap_map.h"
#include "history/heap_sweep.h"
#include "history/series.h"
#include "tests/history/random_history.h"

namespace heapjudge {
namespace {

CellGrid whole_carpet(const HeapHistory& history, std::size_t columns, std::size_t rows) {
  const RequestSpan window{1, history.requests()};
  return carpet_of(history, {window, axis_of({&history}, window), columns, rows});
}

template <typename Visit>
void for_each_cell(const CellGrid& carpet, Visit visit) {
  for (std::size_t column = 0; column < carpet.columns; ++column) {
    for (std::size_t row = 0; row < carpet.rows; ++row) visit(carpet.at(column, row));
  }
}

TEST(Carpet, APackedHeapHasNoCellLighterThanPayload) {
  for (const std::size_t columns : {1u, 7u, 88u, 333u}) {
    for (const std::size_t rows : {1u, 13u, 14u, 101u}) {
      for_each_cell(whole_carpet(packed_history(1000, 6400), columns, rows), [&](const CellShares& cell) {
        ASSERT_EQ(cell.payload, 1.0) << columns << " by " << rows;
        ASSERT_EQ(cell.overhead, 0.0);
        ASSERT_EQ(cell.free, 0.0);
        ASSERT_EQ(cell.unrequested, 0.0);
      });
    }
  }
}

// The stripes are thinner than a cell, and as many fall in each.
TEST(Carpet, AHalfStripedHeapIsHalfPayloadInEveryCell) {
  const CellGrid holes = whole_carpet(striped_history(100, 1280 * 64, 64), 77, 64);
  for_each_cell(holes, [](const CellShares& cell) {
    ASSERT_EQ(cell.payload, 0.5);
    ASSERT_EQ(cell.overhead + cell.free, 0.5);
  });
  const CellGrid gaps = whole_carpet(striped_history(100, 1280 * 16, 16), 77, 128);
  for_each_cell(gaps, [](const CellShares& cell) {
    ASSERT_EQ(cell.payload, 0.5);
    ASSERT_EQ(cell.overhead, 0.5) << "too small for a block";
  });
}

TEST(Carpet, SharesOfEveryCellAddUpToOne) {
  for (std::uint32_t seed = 1; seed <= 30; ++seed) {
    for_each_cell(whole_carpet(random_history({.seed = seed}), 37, 23), [&](const CellShares& cell) {
      for (const double share : {cell.payload, cell.overhead, cell.free, cell.unrequested}) {
        ASSERT_GE(share, 0.0);
        ASSERT_LE(share, 1.0);
      }
      ASSERT_NEAR(cell.payload + cell.overhead + cell.free + cell.unrequested, 1, 1e-12) << "seed " << seed;
    });
  }
}

// The cells of one request add up to what the sweep counts after it.
TEST(Carpet, AColumnOfOneRequestHoldsTheBytesOfThatMoment) {
  for (std::uint32_t seed = 1; seed <= 30; ++seed) {
    const HeapHistory history = random_history({.seed = seed});
    const CellGrid carpet = whole_carpet(history, history.requests(), 19);
    const double row_bytes = static_cast<double>(axis_of({&history}, {1, history.requests()}).height) / 19;
    HeapSweep sweep(history);
    for (std::size_t column = 0; sweep.advance(); ++column) {
      CellShares sum;
      for (std::size_t row = 0; row < 19; ++row) {
        sum.payload += carpet.at(column, row).payload * row_bytes;
        sum.overhead += carpet.at(column, row).overhead * row_bytes;
        sum.free += carpet.at(column, row).free * row_bytes;
      }
      ASSERT_NEAR(sum.payload, static_cast<double>(sweep.payload_bytes()), 1e-6)
          << seed << ", " << sweep.moment();
      ASSERT_NEAR(sum.overhead, static_cast<double>(sweep.internal_bytes()), 1e-6)
          << seed << ", " << sweep.moment();
      ASSERT_NEAR(sum.free, static_cast<double>(sweep.external_bytes()), 1e-6)
          << seed << ", " << sweep.moment();
    }
  }
}

// A cell of one byte by one request is of one kind, and the map knows which.
TEST(Carpet, AtTheFinestEveryCellIsWhatTheMapSays) {
  const HeapHistory history = random_history({.seed = 3, .requests = 60, .most_bytes = 60, .mapped = false});
  const CellGrid fine =
      whole_carpet(history, history.requests(), axis_of({&history}, {1, history.requests()}).height);
  for (std::size_t moment = 1; moment <= history.requests(); ++moment) {
    for (const Stretch& stretch : map_at(history, moment)) {
      for (std::uint64_t byte = stretch.offset; byte < stretch.offset + stretch.bytes; ++byte) {
        const CellShares& cell = fine.at(moment - 1, byte);
        const double share = stretch.use == HeapUse::kPayload    ? cell.payload
                             : stretch.use == HeapUse::kOverhead ? cell.overhead
                                                                 : cell.free;
        ASSERT_EQ(share, 1.0) << "moment " << moment << ", byte " << byte;
      }
    }
  }
}

TEST(Carpet, AWindowIsThatPartOfTheWhole) {
  const HeapHistory history = random_history({.seed = 8, .requests = 100});
  const AddressAxis axis = axis_of({&history}, {1, 100});
  const CellGrid whole = carpet_of(history, {{1, 100}, axis, 100, 16});
  const CellGrid part = carpet_of(history, {{41, 60}, axis, 20, 16});
  for (std::size_t column = 0; column < 20; ++column) {
    for (std::size_t row = 0; row < 16; ++row) {
      ASSERT_EQ(part.at(column, row).payload, whole.at(column + 40, row).payload);
      ASSERT_EQ(part.at(column, row).overhead, whole.at(column + 40, row).overhead);
      ASSERT_EQ(part.at(column, row).free, whole.at(column + 40, row).free);
    }
  }
}

TEST(Carpet, AReplayThatEndedEarlyLeavesTheRestUnrequested) {
  const HeapHistory history = packed_history(10, 640);
  const CellGrid carpet = carpet_of(history, {{1, 20}, axis_of({&history}, {1, 20}), 20, 4});
  EXPECT_EQ(carpet.at(9, 3).payload, 1.0);
  EXPECT_EQ(carpet.at(10, 0).unrequested, 1.0);
}

TEST(AddressAxis, CutsOutWhatIsNeverPartOfTheHeap) {
  const HeapHistory history{.grown_bytes = {100, 200},
                            .ranges = {{{10'000, 4096}, 0, 1}, {{20'000, 4096}, 1, 2}}};
  const AddressAxis axis = axis_of({&history}, {1, 1});
  EXPECT_EQ(axis, (AddressAxis{.cut_at = 200, .cut_bytes = 19'800, .height = 4296}));
  EXPECT_EQ(axis.height_of(100), 100u);
  EXPECT_EQ(axis.height_of(10'000), 200u);
  EXPECT_EQ(axis.height_of(20'001), 201u);
}

TEST(AreaGrid, HoldsFramesAsLargeAsTheyCome) {
  constexpr std::uint64_t kRequests = std::uint64_t{1} << 40;
  constexpr std::uint64_t kBytes = std::uint64_t{1} << 47;
  AreaGrid grid({.area = {1, 1 + kRequests, 0, kBytes}, .columns = 3, .rows = 3});
  grid.add({0, UINT64_MAX, 0, kBytes});
  for (const AreaGrid::Area area : grid.areas()) EXPECT_TRUE(area == grid.cell_area());
}

TEST(Series, MeansOfAColumnAddUpAndExtremesAreThoseOfItsRequests) {
  for (const std::size_t columns : {1u, 7u, 200u, 1000u}) {
    const HeapHistory history = random_history({.seed = 5});
    const auto series = series_of(history, {1, history.requests()}, columns);
    ASSERT_EQ(series.size(), std::min<std::size_t>(columns, 200));
    HeapSweep sweep(history);
    std::size_t next = 1;
    for (const SeriesColumn& column : series) {
      EXPECT_EQ(column.requests.first, next);
      std::uint64_t payload = 0;
      std::uint64_t most_heap = 0;
      for (; next <= column.requests.last; ++next) {
        sweep.advance();
        payload += sweep.payload_bytes();
        most_heap = std::max(most_heap, sweep.heap_bytes());
      }
      EXPECT_NEAR(column.payload_bytes * static_cast<double>(column.requests.requests()),
                  static_cast<double>(payload), 1e-6);
      EXPECT_EQ(column.most_heap_bytes, most_heap);
      double holes = 0;
      for (const double bytes : column.hole_bytes) holes += bytes;
      EXPECT_NEAR(holes, column.external_bytes, 1e-6);
    }
    EXPECT_EQ(next, 201u);
  }
}

TEST(Series, OfNoRequestIsEmpty) {
  EXPECT_TRUE(series_of(packed_history(10, 640), {11, 20}, 8).empty());
  EXPECT_EQ(series_of(packed_history(10, 640), {9, 20}, 8).size(), 2u);
}

}  // namespace
}  // namespace heapjudge
