# cmake -D SOURCE=reports/viewer -D BUILD=FOLDER -P build.cmake: leaves FOLDER/viewer.js and viewer.css, empty where they
# cannot be made, and says so; FOLDER/build.log says why.
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/fetch.cmake)

fetch(why --omit=dev)
if(NOT why)
  find_program(npm npm)
  run(status ${npm} run build)
  if(NOT status EQUAL 0)
    set(why "esbuild failed")
  endif()
endif()
if(why)
  file(WRITE ${BUILD}/viewer.js "")
  file(WRITE ${BUILD}/viewer.css "")
  message("heapjudge: the viewer of HTML reports is not built, and their pictures stay still: ${why}; see ${log}")
endif()
