// The door to libzstd.
#include <zstd.h>

#include <array>
#include <memory>

#include "check.h"
#include "trace/compress.h"
#include "trace/decompress.h"
#include "trace/input_error.h"

namespace heapjudge {
namespace {

constexpr int kPackLevel = 19;

using Stream = std::unique_ptr<ZSTD_DStream, std::size_t (*)(ZSTD_DStream*)>;

}  // namespace

bool is_zstd(std::string_view bytes) {
  return bytes.substr(0, 4) == "\x28\xb5\x2f\xfd";
}

std::string unzstd(const std::string& name, std::string_view bytes, std::size_t limit) {
  const Stream stream(ZSTD_createDStream(), ZSTD_freeDStream);
  ensure(stream != nullptr, "libzstd does not start");
  std::string out;
  std::array<char, 1 << 16> chunk;
  ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
  std::size_t more = 1;  // 0 once a frame is complete and all of it is written
  while (in.pos < in.size || more != 0) {
    ZSTD_outBuffer to{chunk.data(), chunk.size(), 0};
    const bool fed = in.pos < in.size;
    more = ZSTD_decompressStream(stream.get(), &to, &in);
    if (ZSTD_isError(more) != 0) throw InputError(name + ": the zstd archive is damaged");
    if (!fed && to.pos == 0 && more != 0) throw InputError(name + ": the zstd archive is cut short");
    out.append(chunk.data(), to.pos);
    require_within(limit, out.size(), name);
  }
  return out;
}

std::string pack_zstd(std::string_view bytes) {
  std::string packed(ZSTD_compressBound(bytes.size()), '\0');
  const std::size_t size =
      ZSTD_compress(packed.data(), packed.size(), bytes.data(), bytes.size(), kPackLevel);
  ensure(ZSTD_isError(size) == 0, "libzstd does not pack");
  packed.resize(size);
  return packed;
}

}  // namespace heapjudge
