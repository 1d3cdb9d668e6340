// Images of grey levels as PNG files, for masks in SVG.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace heapjudge {

// 8-bit grey; `pixels` row by row from the top, columns times rows of them. The same pixels give the same
// bytes with the same version of zlib.
std::string png_of(std::size_t columns, std::size_t rows, const std::vector<std::uint8_t>& pixels);

std::string base64_of(std::string_view bytes);

}  // namespace heapjudge
