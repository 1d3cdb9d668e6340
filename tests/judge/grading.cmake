heapjudge_test(rubric_test SOURCES rubric_fuzz_test.cc rubric_layout_test.cc rubric_points_test.cc rubric_test.cc USES heapjudge_grading)
heapjudge_test(default_rubric_test SOURCES default_rubric_test.cc USES heapjudge_grading heapjudge_trace)
heapjudge_test(grade_test
  SOURCES bench_test.cc comparison_test.cc fuzz_part_test.cc grade_test.cc noise_test.cc performance_test.cc speed_precision_test.cc
  USES heapjudge_grading)
heapjudge_test(bundled_rubrics_test SOURCES bundled_rubrics_test.cc USES heapjudge_grading)
