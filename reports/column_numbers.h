// Numbers for the viewer of the HTML report, as it reads them (reports/viewer/src/numbers.ts).
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace heapjudge {

// Theory of operation. Numbers of seven bits a byte, the lowest first, bit 7 set on all but the last byte. A column holds
// the first byte of each of its numbers, then the second byte of each that has one, and so on: like stands beside like,
// and gzip finds more.
class ColumnNumbers {
 public:
  void add(std::uint64_t number) {
    for (; number >= 128; number >>= 7) bytes_ += static_cast<char>(number | 128);
    bytes_ += static_cast<char>(number);
  }

  void add_column(std::vector<std::uint64_t> numbers) {
    while (!numbers.empty()) {
      for (const std::uint64_t number : numbers) bytes_ += static_cast<char>((number & 127) | (number >= 128 ? 128 : 0));
      std::erase_if(numbers, [](std::uint64_t number) { return number < 128; });
      for (std::uint64_t& number : numbers) number >>= 7;
    }
  }

  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

}  // namespace heapjudge
