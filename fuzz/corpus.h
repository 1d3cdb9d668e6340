// The inputs that reached something new in a submission, from one run to the next.
#pragma once

#include <filesystem>
#include <vector>

namespace heapjudge {

// A copy that fuzzing processes work in. They may leave anything there: what is taken back is bytes of some files, as
// many and as large as inputs are.
class Corpus {
 public:
  // `work` is made; `kept` may not exist yet. Throws std::runtime_error.
  Corpus(std::filesystem::path work, std::filesystem::path kept);

  const std::filesystem::path& folder() const { return work_; }

  // Replaces what is kept by what the processes have left. Throws std::runtime_error.
  void keep() const;

 private:
  std::filesystem::path work_;
  std::filesystem::path kept_;
};

// Below the state folder, one for each submission.
std::filesystem::path default_corpus(const std::filesystem::path& state_dir,
                                     const std::vector<std::filesystem::path>& submission);

}  // namespace heapjudge
