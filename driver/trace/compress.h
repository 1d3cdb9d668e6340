// Packing of traces, the counterpart of trace/decompress.h.
#pragma once

#include <string>
#include <string_view>

namespace heapjudge {

// One zstd archive of the bytes, as small as the library makes it within reason; the same bytes give the same
// archive with the same version of the library.
std::string pack_zstd(std::string_view bytes);

// The same as a gzip archive; it names neither a file nor a time.
std::string pack_gzip(std::string_view bytes);

}  // namespace heapjudge
