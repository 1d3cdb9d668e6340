heapjudge_test(heap_view_test
  SOURCES heap_view_test.cc ../history/random_history.cc golden.cc
  USES heapjudge_heap_pictures heapjudge_trace)

heapjudge_test(html_test
  SOURCES html_test.cc ../history/random_history.cc examples.cc findings.cc random_finding.cc golden.cc
  USES heapjudge_html heapjudge_trace)

# In a browser. Skipped, and reported so, where none can be started.
add_test(NAME viewer_test
  COMMAND node ${CMAKE_CURRENT_SOURCE_DIR}/viewer_test.mjs $<TARGET_FILE:heapjudge> ${PROJECT_SOURCE_DIR}
          ${PROJECT_BINARY_DIR})
set_tests_properties(viewer_test PROPERTIES TIMEOUT 1200 SKIP_RETURN_CODE 77)

add_test(NAME viewer_without_npm_test
  COMMAND ${CMAKE_COMMAND} -D SOURCE=${PROJECT_SOURCE_DIR}/reports/viewer -D BUILD=${CMAKE_CURRENT_BINARY_DIR}/without_npm
          -P ${CMAKE_CURRENT_SOURCE_DIR}/viewer_without_npm.cmake)
