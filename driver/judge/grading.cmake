# The pure half of the judge: rubrics in, grade sheets out.
find_package(yaml-cpp REQUIRED)
heapjudge_library(grading
  SOURCES rubric.cc rubric_points.cc rubric_section.cc rubric_traces.cc rubric_units.cc rubric_yaml.cc grade.cc grade_mean.cc grade_performance.cc
  USES heapjudge_oracle
  PACKAGES yaml-cpp fmt::fmt)
