// SHA-256 from Nettle: the only file that knows it.
#include "judge/identity.h"

#include <nettle/sha2.h>

#include <array>
#include <fstream>
#include <stdexcept>

namespace heapjudge {
namespace {

Sha256 digest_of(sha256_ctx& hash) {
  Sha256 digest;
  sha256_digest(&hash, digest.size(), digest.data());
  return digest;
}

void add_file(sha256_ctx& hash, const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::array<char, 65536> buffer;
  while (in) {
    in.read(buffer.data(), buffer.size());
    sha256_update(&hash, static_cast<std::size_t>(in.gcount()),
                  reinterpret_cast<const std::uint8_t*>(buffer.data()));
  }
  if (!in.eof()) throw std::runtime_error(file.string() + ": cannot be read");
}

}  // namespace

std::string sha256_of_files(std::span<const std::filesystem::path> files) {
  sha256_ctx hash;
  sha256_init(&hash);
  for (const std::filesystem::path& file : files) add_file(hash, file);
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (const std::uint8_t byte : digest_of(hash)) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

Sha256 sha256_of(std::string_view text) {
  sha256_ctx hash;
  sha256_init(&hash);
  sha256_update(&hash, text.size(), reinterpret_cast<const std::uint8_t*>(text.data()));
  return digest_of(hash);
}

}  // namespace heapjudge
