# cmake -D SOURCE=reports/viewer -D BUILD=FOLDER -P fetch_tools.cmake: what only tests of the viewer need. Where it
# cannot be had, they are skipped.
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/fetch.cmake)

fetch(why)
if(why)
  message("heapjudge: the HTML reports cannot be tested in a browser: ${why}; see ${log}")
endif()
