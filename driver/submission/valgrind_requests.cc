#include "submission/valgrind_requests.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>

namespace heapjudge {

namespace {

using namespace std::literals;

// Rotations of edi or rdi by 128 bits in all, which do nothing; valgrind.h calls them the special instruction preamble.
constexpr std::string_view kPreambles[] = {
    "\xc1\xc7\x03\xc1\xc7\x0d\xc1\xc7\x1d\xc1\xc7\x13"sv,                  // 32-bit: 3, 13, 29, 19
    "\x48\xc1\xc7\x03\x48\xc1\xc7\x0d\x48\xc1\xc7\x3d\x48\xc1\xc7\x33"sv,  // 64-bit: 3, 13, 61, 51
};

}  // namespace

bool makes_valgrind_requests(const std::filesystem::path& library) {
  std::ifstream file(library, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (!file) throw std::runtime_error("cannot read " + library.string());
  return std::ranges::any_of(kPreambles, [&](std::string_view preamble) { return bytes.find(preamble) != bytes.npos; });
}

}  // namespace heapjudge
