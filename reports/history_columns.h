// Histories of heaps as the viewer of the HTML report reads them.
#pragma once

#include <string>

#include "history/carpet.h"
#include "history/heap_history.h"

namespace heapjudge {

// In base64. `axis` is that of the pictures. Equal histories give equal text with the same version of zlib.
std::string columns_of(const HeapHistory& history, const AddressAxis& axis);

}  // namespace heapjudge
