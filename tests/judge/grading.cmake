heapjudge_test(rubric_test SOURCES rubric_test.cc USES heapjudge_grading)
heapjudge_test(grade_test SOURCES grade_test.cc USES heapjudge_grading)
