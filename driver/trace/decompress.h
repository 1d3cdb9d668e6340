// Compressed traces: told apart by their first bytes, unpacked into memory within a limit.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace heapjudge {

bool is_gzip(std::string_view bytes);
bool is_zstd(std::string_view bytes);

// The unpacked bytes, at most `limit` of them. `name` stands in the message of the InputError that is thrown
// when the archive is damaged, cut short, followed by something else, or holds more.
std::string gunzip(const std::string& name, std::string_view bytes, std::size_t limit);
std::string unzstd(const std::string& name, std::string_view bytes, std::size_t limit);

// Throws InputError "name: holds more than ... bytes" when `size` is above `limit`.
void require_within(std::size_t limit, std::size_t size, const std::string& name);

}  // namespace heapjudge
