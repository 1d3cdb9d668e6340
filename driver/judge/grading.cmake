# The pure half of the judge: rubrics in, grade sheets out.
heapjudge_library(grading
  SOURCES bench.cc comparison.cc fuzz_part.cc fuzz_sheet.cc grade.cc grade_mean.cc grade_performance.cc rubric.cc
          rubric_fuzz.cc rubric_layout.cc rubric_points.cc rubric_traces.cc speed_precision.cc
  USES heapjudge_yaml heapjudge_history heapjudge_oracle
  PACKAGES fmt::fmt)
