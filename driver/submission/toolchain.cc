// Command lines for gcc and clang.
#include "submission/toolchain.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "submission/sources.h"

namespace heapjudge {
namespace {

// gcc 14 and clang 16 refuse what students have always written. gcc knows each of these since 5.
constexpr std::array kTolerated{"-Wno-error=implicit-function-declaration", "-Wno-error=implicit-int",
                                "-Wno-error=int-conversion", "-Wno-error=incompatible-pointer-types"};

// A file named like an option or like a response file is still a file.
std::string as_operand(const std::filesystem::path& path) {
  const std::string text = path.string();
  return text.starts_with('-') || text.starts_with('@') ? "./" + text : text;
}

void append(std::vector<std::string>& command, const std::vector<std::string>& more) {
  command.insert(command.end(), more.begin(), more.end());
}

std::vector<std::string> diagnostic_flags(const Toolchain& toolchain, Diagnostics diagnostics) {
  const char* limit = toolchain.is_clang() ? "-ferror-limit=20" : "-fmax-errors=20";
  switch (diagnostics) {
    case Diagnostics::kCounted:
      return {toolchain.is_clang() ? "-fno-caret-diagnostics" : "-fno-diagnostics-show-caret", "-Wno-error",
              limit};
    case Diagnostics::kShown:
      return {"-w", limit};
  }
  return {};
}

std::string replace_name(const std::string& compiler, std::string_view from, std::string_view to) {
  const std::size_t folder = compiler.rfind('/');
  const std::size_t place = compiler.find(from, folder == std::string::npos ? 0 : folder);
  if (place == std::string::npos) return {};
  return std::string(compiler).replace(place, from.size(), to);
}

// Sources may hold what a terminal obeys, and lines of a megabyte.
void append_printable(std::string& text, std::string_view line) {
  constexpr std::size_t kMaxLine = 500;
  for (const char c : line.substr(0, kMaxLine)) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\r') continue;
    text += (byte < 0x20 && c != '\t') || byte == 0x7f ? '?' : c;
  }
  text += line.size() > kMaxLine ? " ...\n" : "\n";
}

bool harmless(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("-_=+./,:@%").find(c) != std::string_view::npos;
}

}  // namespace

std::string Toolchain::name() const {
  return std::filesystem::path(compiler).filename().string();
}
bool Toolchain::is_clang() const {
  return name().find("clang") != std::string::npos;
}
std::string Toolchain::other() const {
  return is_clang() ? "gcc" : "clang";
}

std::string Toolchain::cxx_compiler() const {
  if (name().find("++") != std::string::npos) return compiler;
  if (is_clang()) return replace_name(compiler, "clang", "clang++");
  if (name().find("gcc") != std::string::npos) return replace_name(compiler, "gcc", "g++");
  const std::string found = replace_name(compiler, "cc", "c++");
  return found.empty() ? "g++" : found;
}

std::vector<std::string> flags_of(const BuildSettings& settings, bool cxx) {
  std::vector<std::string> flags{"-std=" + (cxx ? settings.cxx_standard : settings.standard)};
  append(flags, settings.flags);
  for (const std::string& definition : settings.definitions) flags.push_back("-D" + definition);
  if (settings.abi == Abi::kIlp32) flags.push_back("-m32");
  return flags;
}

std::vector<std::string> compile_command(const Toolchain& toolchain, const BuildSettings& settings,
                                         const CompileStep& step, Diagnostics diagnostics) {
  const bool cxx = is_cxx(step.source);
  std::vector<std::string> command{cxx ? toolchain.cxx_compiler() : toolchain.compiler};
  append(command, flags_of(settings, cxx));
  append(command, {"-fPIC", "-fno-semantic-interposition", "-fasynchronous-unwind-tables", "-pipe"});
  if (!cxx) {
    append(command, {"-fcommon"});
    command.insert(command.end(), kTolerated.begin(), kTolerated.end());
    if (toolchain.is_clang()) command.push_back("-Wno-error=incompatible-function-pointer-types");
    if (toolchain.gnu89_inline) command.push_back("-fgnu89-inline");
  }
  append(command, diagnostic_flags(toolchain, diagnostics));
  for (const auto& dir : step.include_dirs) append(command, {"-I", dir.string()});
  append(command, {"-idirafter", step.our_include_dir.string()});
  append(command, {"-c", as_operand(step.source), "-o", as_operand(step.object)});
  return command;
}

// The flags again: some (-flto, -fsanitize) are meant for the linker too.
// -Bsymbolic: a submission's own `remove` or `split` must not lose against a function of libc with that name.
// -z defs: an undefined function is the linker's error today, not the loader's tomorrow.
std::vector<std::string> link_command(const Toolchain& toolchain, const BuildSettings& settings,
                                      const LinkStep& step) {
  std::vector<std::string> command{step.cxx ? toolchain.cxx_compiler() : toolchain.compiler};
  append(command, settings.flags);
  append(command, settings.link_flags);
  append(command, {"-shared", "-Wl,-z,defs,-z,relro", "-Wl,-Bsymbolic", "-Wl,--as-needed", "-static-libgcc"});
  if (step.cxx) command.push_back("-static-libstdc++");
  if (settings.abi == Abi::kIlp32) command.push_back("-m32");
  for (const auto& object : step.objects) command.push_back(as_operand(object));
  append(command, {as_operand(step.memlib), "-lm", "-o", as_operand(step.library)});
  return command;
}

std::string to_shell(const std::vector<std::string>& command) {
  std::string line;
  for (const std::string& word : command) {
    if (!line.empty()) line += ' ';
    if (!word.empty() && std::all_of(word.begin(), word.end(), harmless)) {
      line += word;
      continue;
    }
    line += '\'';
    for (const char c : word) line += c == '\'' ? std::string("'\\''") : std::string(1, c);
    line += '\'';
  }
  return line;
}

std::size_t count_pointer_casts(const std::string& output) {
  constexpr std::array<std::string_view, 4> kOptions{
      "[-Wpointer-to-int-cast]", "[-Wvoid-pointer-to-int-cast]", "[-Wint-to-pointer-cast]",
      "[-Wint-to-void-pointer-cast]"};
  std::size_t count = 0;
  for (const std::string_view option : kOptions) {
    for (std::size_t at = output.find(option); at != std::string::npos; at = output.find(option, at + 1))
      ++count;
  }
  return count;
}

std::string presentable(const std::string& output, std::size_t max_lines) {
  std::string shown;
  std::size_t start = 0;
  for (std::size_t line = 0; line < max_lines && start < output.size(); ++line) {
    const std::size_t end = std::min(output.find('\n', start), output.size());
    append_printable(shown, std::string_view(output).substr(start, end - start));
    start = end + 1;
  }
  if (start >= output.size()) return shown;
  const auto more =
      std::count(output.begin() + static_cast<std::ptrdiff_t>(start), output.end() - 1, '\n') + 1;
  return shown + "... " + std::to_string(more) + (more == 1 ? " more line\n" : " more lines\n");
}

}  // namespace heapjudge
