// Theory of operation. A PNG file is a signature and chunks, each with its length, name and check sum; IDAT
// holds the rows, each after a byte that says it is not filtered, as a zlib stream. A gzip archive is the
// same stream in another wrapping: ten bytes before it, eight after it.
#include "reports/png.h"

#include "check.h"
#include "trace/compress.h"

namespace heapjudge {
namespace {

constexpr std::size_t kGzipHead = 10;
constexpr std::size_t kGzipTail = 8;

void append_number(std::string& bytes, std::uint32_t number) {
  for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(number >> shift & 0xff);
}

std::uint32_t crc_of(std::string_view bytes) {
  std::uint32_t crc = 0xffffffff;
  for (const char byte : bytes) {
    crc ^= static_cast<std::uint8_t>(byte);
    for (int bit = 0; bit < 8; ++bit) crc = (crc & 1) != 0 ? crc >> 1 ^ 0xedb88320 : crc >> 1;
  }
  return ~crc;
}

std::uint32_t adler_of(std::string_view bytes) {
  constexpr std::uint32_t kModulus = 65521;
  std::uint32_t sum = 1;
  std::uint32_t sum_of_sums = 0;
  for (const char byte : bytes) {
    sum = (sum + static_cast<std::uint8_t>(byte)) % kModulus;
    sum_of_sums = (sum_of_sums + sum) % kModulus;
  }
  return sum_of_sums << 16 | sum;
}

std::string chunk(std::string_view name, std::string_view content) {
  std::string bytes;
  append_number(bytes, static_cast<std::uint32_t>(content.size()));
  const std::string body = std::string(name) + std::string(content);
  bytes += body;
  append_number(bytes, crc_of(body));
  return bytes;
}

std::string zlib_stream(std::string_view bytes) {
  const std::string gzip = pack_gzip(bytes);
  ensure(gzip.size() > kGzipHead + kGzipTail && gzip[3] == 0, "png: a gzip head of another form");
  std::string stream = "\x78\xda" + gzip.substr(kGzipHead, gzip.size() - kGzipHead - kGzipTail);
  append_number(stream, adler_of(bytes));
  return stream;
}

}  // namespace

std::string png_of(std::size_t columns, std::size_t rows, const std::vector<std::uint8_t>& pixels) {
  ensure(pixels.size() == columns * rows, "png: pixels are missing");
  std::string head;
  append_number(head, static_cast<std::uint32_t>(columns));
  append_number(head, static_cast<std::uint32_t>(rows));
  head += std::string("\x08\0\0\0\0", 5);  // eight bits, grey, and no choice in the rest
  std::string lines;
  for (std::size_t row = 0; row < rows; ++row) {
    lines += '\0';
    for (std::size_t column = 0; column < columns; ++column)
      lines += static_cast<char>(pixels[row * columns + column]);
  }
  return "\x89PNG\r\n\x1a\n" + chunk("IHDR", head) + chunk("IDAT", zlib_stream(lines)) + chunk("IEND", "");
}

std::string base64_of(std::string_view bytes) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    std::uint32_t group = 0;
    for (std::size_t i = at; i < at + 3; ++i)
      group = group << 8 | (i < bytes.size() ? static_cast<std::uint8_t>(bytes[i]) : 0u);
    for (std::size_t i = 0; i < 4; ++i) {
      text += at + i <= bytes.size() ? kDigits[group >> (18 - 6 * i) & 63] : '=';
    }
  }
  return text;
}

}  // namespace heapjudge
