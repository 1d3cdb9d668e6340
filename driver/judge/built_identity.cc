#include "judge/built_identity.h"

#include "judge/identity.h"

namespace heapjudge {

Identity identity_of(const Rubric& rubric, const std::vector<std::filesystem::path>& submission, const Built& built) {
  Identity identity{.sha256 = sha256_of_files(built.sources),
                    .compiler = built.compiler,
                    .flags = built.flags,
                    .build_seconds = built.seconds,
                    .rubric = rubric.file.string(),
                    .alignment_bytes = rubric.alignment_bytes(),
                    .heap_limit_bytes = rubric.heap.limit_bytes,
                    .abi = rubric.build.abi,
                    .pointer_cast_warnings = built.pointer_cast_warnings,
                    .notes = built.notes};
  for (const std::filesystem::path& path : submission) {
    identity.files.push_back(path.string());
    identity.submission += (identity.submission.empty() ? "" : " ") + path.string();
  }
  return identity;
}

}  // namespace heapjudge
