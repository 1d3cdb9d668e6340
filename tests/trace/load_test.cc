// Files: plain and packed traces, and whatever else a path may lead to.
#include <gtest/gtest.h>
#include <zlib.h>
#include <zstd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "trace/compress.h"
#include "trace/decompress.h"
#include "trace/input_error.h"
#include "trace/rep_format.h"
#include "tests/temporary_folder.h"

namespace heapjudge {
namespace {

const std::string kText = "20000\n2\n4\n1\na 0 512\na 1 128\nf 0\nf 1\n";

std::string gzip(const std::string& text) {
  z_stream stream{};
  deflateInit2(&stream, 9, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string zstd(const std::string& text) {
  std::string out(ZSTD_compressBound(text.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 19));
  return out;
}

class Load : public testing::Test {
 protected:

  std::filesystem::path file(const std::string& name, const std::string& bytes) {
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
    return folder_ / name;
  }

  std::string error_of(const std::filesystem::path& path) {
    try {
      load_trace(path);
    } catch (const InputError& error) {
      return error.what();
    }
    return "no error";
  }

  TemporaryFolder temporary_;
  std::filesystem::path folder_ = temporary_.path();
};

TEST_F(Load, APlainFile) {
  const Trace trace = load_trace(file("short.rep", kText));
  EXPECT_EQ(trace, parse_trace("short.rep", kText));
  EXPECT_EQ(trace.name(), "short.rep");
}

TEST_F(Load, PackedFilesAreToldByTheirFirstBytes) {
  EXPECT_EQ(load_trace(file("short.rep.gz", gzip(kText))), parse_trace("", kText));
  EXPECT_EQ(load_trace(file("short.rep.zst", zstd(kText))), parse_trace("", kText));
  EXPECT_EQ(load_trace(file("named-wrongly.rep", zstd(kText))), parse_trace("", kText));
}

TEST_F(Load, WhatWePackIsUnpackedAgain) {
  std::string large;  // several pieces of every buffer
  for (std::int64_t i = 0; i < 100'000; ++i) large += std::to_string(i * i) + "\n";
  for (const std::string& text : {kText, large}) {
    EXPECT_EQ(gunzip("a", pack_gzip(text), 1 << 24), text);
    EXPECT_EQ(unzstd("a", pack_zstd(text), 1 << 24), text);
  }
  EXPECT_EQ(pack_gzip(large), pack_gzip(large)) << "no time of day";
}

TEST_F(Load, ArchivesThatFollowOneAnotherAreOneFile) {
  const std::string head = kText.substr(0, 20);
  const std::string tail = kText.substr(20);
  EXPECT_EQ(load_trace(file("two.rep.gz", gzip(head) + gzip(tail))), parse_trace("", kText));
  EXPECT_EQ(load_trace(file("two.rep.zst", zstd(head) + zstd(tail))), parse_trace("", kText));
}

TEST_F(Load, ErrorsNameThePathAsGiven) {
  const std::filesystem::path path = file("bad.rep", "20000\n1\n1\n1\na 0\n");
  EXPECT_EQ(error_of(path), path.string() + ":5:4: expected a size, found the end of the line");
  const std::filesystem::path packed = file("bad.rep.gz", gzip("20000\n1\n1\n1\na 0\n"));
  EXPECT_EQ(error_of(packed), packed.string() + ":5:4: expected a size, found the end of the line");
}

TEST_F(Load, AMissingFile) {
  EXPECT_EQ(error_of(folder_ / "no.rep"), (folder_ / "no.rep").string() + ": No such file or directory");
}

TEST_F(Load, AFileWhereAFolderShouldBe) {
  const std::filesystem::path path = file("short.rep", kText) / "more.rep";
  EXPECT_EQ(error_of(path), path.string() + ": Not a directory");
}

TEST_F(Load, AFolder) {
  EXPECT_EQ(error_of(folder_), folder_.string() + ": is a directory, not a trace");
}

TEST_F(Load, ADevice) {
  EXPECT_EQ(error_of("/dev/zero"), "/dev/zero: is not a regular file");
}

TEST_F(Load, AFileThatCannotBeRead) {
  EXPECT_EQ(error_of("/proc/self/mem"), "/proc/self/mem: Input/output error");
}

TEST_F(Load, AnEmptyFile) {
  const std::filesystem::path path = file("empty.rep", "");
  EXPECT_EQ(error_of(path), path.string() + ": the file is empty");
  EXPECT_EQ(error_of(file("empty.rep.gz", gzip(""))), path.string() + ".gz: the file is empty");
}

TEST_F(Load, AnArchiveThatIsCutShort) {
  for (const std::size_t cut : {1u, 9u}) {
    const std::filesystem::path gz = file("cut.rep.gz", gzip(kText).substr(0, gzip(kText).size() - cut));
    EXPECT_EQ(error_of(gz), gz.string() + ": the gzip archive is cut short");
    const std::filesystem::path zst = file("cut.rep.zst", zstd(kText).substr(0, zstd(kText).size() - cut));
    EXPECT_EQ(error_of(zst), zst.string() + ": the zstd archive is cut short");
  }
}

TEST_F(Load, AnArchiveThatIsDamaged) {
  std::string bytes = gzip(kText);
  bytes[bytes.size() - 6] = static_cast<char>(bytes[bytes.size() - 6] ^ 1);  // its checksum
  const std::filesystem::path gz = file("damaged.rep.gz", bytes);
  EXPECT_EQ(error_of(gz), gz.string() + ": the gzip archive is damaged");
  const std::filesystem::path zst = file("damaged.rep.zst", zstd(kText) + "more");
  EXPECT_EQ(error_of(zst), zst.string() + ": the zstd archive is damaged");
}

TEST(Decompress, StopsAtTheLimit) {
  const std::string large(10'000'000, '\n');
  const auto error_of = [&large](auto unpack, const std::string& archive) -> std::string {
    EXPECT_EQ(unpack("large", archive, large.size()), large);
    try {
      unpack("bomb", archive, large.size() - 1);
    } catch (const InputError& error) {
      return error.what();
    }
    return "no error";
  };
  EXPECT_EQ(error_of(gunzip, gzip(large)), "bomb: holds more than 9999999 bytes");
  EXPECT_EQ(error_of(unzstd, zstd(large)), "bomb: holds more than 9999999 bytes");
}

}  // namespace
}  // namespace heapjudge
