heapjudge_test(examine_test SOURCES examine_test.cc USES heapjudge_judge)
