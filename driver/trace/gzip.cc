// The door to zlib.
#include <zlib.h>

#include <algorithm>
#include <array>
#include <limits>
#include <memory>

#include "check.h"
#include "trace/compress.h"
#include "trace/decompress.h"
#include "trace/input_error.h"

namespace heapjudge {
namespace {

constexpr int kGzipOnly = 16 + MAX_WBITS;

using Stream = std::unique_ptr<z_stream, int (*)(z_stream*)>;

// Hands the stream the next piece of the input that its 32-bit count can hold.
void feed(z_stream& stream, std::string_view& bytes) {
  const std::size_t piece = std::min<std::size_t>(bytes.size(), std::numeric_limits<uInt>::max());
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(piece);
  bytes.remove_prefix(piece);
}

}  // namespace

bool is_gzip(std::string_view bytes) {
  return bytes.substr(0, 2) == "\x1f\x8b";
}

std::string gunzip(const std::string& name, std::string_view bytes, std::size_t limit) {
  z_stream state{};
  ensure(inflateInit2(&state, kGzipOnly) == Z_OK, "zlib does not start");
  const Stream stream(&state, inflateEnd);
  std::string out;
  std::array<char, 1 << 16> chunk;
  while (true) {
    if (state.avail_in == 0) feed(state, bytes);
    if (state.avail_in == 0) throw InputError(name + ": the gzip archive is cut short");
    state.next_out = reinterpret_cast<Bytef*>(chunk.data());
    state.avail_out = static_cast<uInt>(chunk.size());
    const int result = inflate(&state, Z_NO_FLUSH);
    if (result != Z_OK && result != Z_STREAM_END) throw InputError(name + ": the gzip archive is damaged");
    out.append(chunk.data(), chunk.size() - state.avail_out);
    require_within(limit, out.size(), name);
    if (result != Z_STREAM_END) continue;
    if (state.avail_in == 0 && bytes.empty()) return out;
    // An archive may be several, one behind the other: as gunzip reads them.
    if (inflateReset(&state) != Z_OK) throw InputError(name + ": the gzip archive is damaged");
  }
}

std::string pack_gzip(std::string_view bytes) {
  constexpr int kMostMemory = 9;
  z_stream state{};
  ensure(deflateInit2(&state, Z_BEST_COMPRESSION, Z_DEFLATED, kGzipOnly, kMostMemory, Z_DEFAULT_STRATEGY) ==
             Z_OK,
         "zlib does not start");
  const Stream stream(&state, deflateEnd);
  std::string packed;
  std::array<char, 1 << 16> chunk;
  int result = Z_OK;
  while (result != Z_STREAM_END) {
    if (state.avail_in == 0) feed(state, bytes);
    state.next_out = reinterpret_cast<Bytef*>(chunk.data());
    state.avail_out = static_cast<uInt>(chunk.size());
    result = deflate(&state, bytes.empty() ? Z_FINISH : Z_NO_FLUSH);
    ensure(result == Z_OK || result == Z_STREAM_END || result == Z_BUF_ERROR, "zlib does not pack");
    packed.append(chunk.data(), chunk.size() - state.avail_out);
  }
  return packed;
}

}  // namespace heapjudge
