heapjudge_test(heap_view_test
  SOURCES heap_view_test.cc ../history/random_history.cc golden.cc
  USES heapjudge_heap_pictures heapjudge_trace)
