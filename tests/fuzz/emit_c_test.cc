// Emitted programs compile without a warning beside a student's own files, pass where the allocator keeps its
// promises, and name the request at which it breaks one.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include "fuzz/emit_c.h"
#include "fuzz/generator.h"
#include "fuzz/input.h"
#include "tests/temporary_folder.h"
#include "tests/test_main.h"
#include "trace/rep_format.h"

namespace heapjudge {
namespace {

Trace trace_from(const std::string& lines) {
  const auto requests = std::ranges::count(lines, ';');
  std::string text = "20000\n100\n" + std::to_string(requests) + "\n1\n" + lines;
  std::ranges::replace(text, ';', '\n');
  return parse_trace("lines.rep", text);
}

// What a command prints, both streams, and "exit N" when that is not 0.
std::string output_of(const std::string& command) {
  FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  std::string text;
  std::array<char, 4096> part;
  for (std::size_t n; (n = fread(part.data(), 1, part.size(), pipe)) > 0;) text.append(part.data(), n);
  const int status = pclose(pipe);
  if (status != 0) text += "exit " + std::to_string(WEXITSTATUS(status));
  return text;
}

// Compiles the trace's program beside tests/fuzz/programs/, and runs it.
std::string replayed(const Trace& trace, const std::string& crime, const EmitSettings& settings = {}) {
  const TemporaryFolder folder;
  const std::filesystem::path source = folder.path() / "replay.c";
  std::ofstream(source) << emit_c(trace, settings);
  const std::filesystem::path programs = source_dir() / "tests/fuzz/programs";
  const std::string program = folder.path() / "replay";
  const bool refuses =
      std::ranges::find(trace.requests(), Op::kRefuse, &Request::op) != trace.requests().end();
  const std::string diagnostics =
      output_of("gcc -std=gnu17 -O1 -g -Wall -Wextra -Werror -DCRIME=" + crime + " -I" + programs.string() +
                " -o " + program + " " + source.string() + " " + (programs / "mm.c").string() + " " +
                (programs / "memlib.c").string() + (refuses ? " -Wl,--wrap=mem_sbrk" : ""));
  EXPECT_EQ(diagnostics, "");
  return output_of(program);
}

constexpr const char* kEveryRequest =
    "a 0 100;c 1 3 20;m 2 4096 33;r 3 50;r 0 300;r 0 20;f 1;f -1;a 4 0;r 2 0;s 1;a 5 9000;s 0;a 6 9000;i;a 7 "
    "16;f 7;";

TEST(EmitC, AnInnocentAllocatorPassesEveryRequest) {
  EXPECT_EQ(replayed(trace_from(kEveryRequest), "NONE"), "all 17 requests are well\n");
}

TEST(EmitC, AnInnocentAllocatorPassesGeneratedTraces) {
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    const auto tier = static_cast<Tier>(seed % 4);
    Trace trace = decode_trace(generate_input(seed, tier), "generated").prefix(300);
    const std::string said = replayed(trace, "NONE", {.heap_limit_bytes = 20u << 20});
    EXPECT_EQ(said, "all " + std::to_string(trace.requests().size()) + " requests are well\n")
        << "seed " << seed;
  }
}

struct Crime {
  const char* name;
  const char* requests;
  const char* said;
};

TEST(EmitC, TheGuiltyAreConvictedAtTheRequest) {
  const Crime crimes[] = {
      {"ENCLOSES", "a 0 400;a 1 16;f 0;a 2 16;a 3 400;",
       "request 5: the block shares bytes with a live one (block 3)\nexit 1"},
      {"LOSES_DATA", "a 0 32;r 0 64;", "request 2: realloc has lost data (block 0)\nexit 1"},
      {"MISALIGNED", "a 0 32;a 1 32;", "request 2: the address is not aligned (block 1)\nexit 1"},
      {"NOT_ZERO", "a 0 32;f 0;c 1 4 8;",
       "request 3: mm_calloc has returned memory that is not zero (block 1)\nexit 1"},
      {"GIVES_UP", "a 0 8;a 1 8;a 2 8;a 3 8;", "request 4: mm_malloc has returned NULL (block 3)\nexit 1"},
      {"OVERRUNS", "a 0 8;a 1 8;", "request 2: the bytes of a live block have changed (block 0)\nexit 1"},
      {"IGNORES_REFUSAL", "a 0 8;s 1;a 1 8;",
       "request 3: the block shares bytes with a live one (block 1)\nexit 1"},
      {"WRAPS", "c 0 16 1152921504606846977;",
       "request 1: mm_calloc has not noticed that the product overflows (block 0)\nexit 1"},
  };
  for (const Crime& crime : crimes)
    EXPECT_EQ(replayed(trace_from(crime.requests), crime.name), crime.said) << crime.name;
}

TEST(EmitC, EachRequestIsALineWithItsNumber) {
  const std::string text = emit_c(trace_from("a 0 100;r 0 18446744073709551615;f 0;"));
  EXPECT_NE(text.find("int main(void) {\n"
                      "  mem_init();\n"
                      "  start();\n"
                      "  a(0, 100);               /* 1 */\n"
                      "  r(0, (size_t)18446744073709551615ull); /* 2 */\n"
                      "  f(0);                    /* 3 */\n"
                      "  printf(\"all %d requests are well\\n\", request);\n"
                      "  return 0;\n"
                      "}\n"),
            std::string::npos)
      << text;
}

TEST(EmitC, TheDialectIsTheSubmissions) {
  const std::string text = emit_c(trace_from("a 0 100;"), {.prefix = "", .init_returns_bool = true});
  EXPECT_NE(text.find("extern bool init(void);"), std::string::npos);
  EXPECT_NE(text.find("if (!init())"), std::string::npos);
  EXPECT_NE(text.find("void *at = malloc(size);"), std::string::npos);
}

TEST(EmitC, AHostileNameStaysInItsComment) {
  const Trace trace("*/ int x; /*\n#error", {}, 1, {{.size = 1, .block = 0}});
  EXPECT_EQ(emit_c(trace).find("/* ___int_x______error, 1 requests, as a program."), 0u)
      << emit_c(trace).substr(0, 80);
}

}  // namespace
}  // namespace heapjudge
