# SPDX-License-Identifier: Apache-2.0
# `cmake --install` gives what find_package(coodie) needs: libraries, headers, targets, versions.
include(CMakePackageConfigHelpers)
set(coodie_cmake_dir ${CMAKE_INSTALL_LIBDIR}/cmake/coodie)

set(coodie_targets coodie)
if(COODIE_EMBEDDED)
    list(APPEND coodie_targets coodie_embedded)
endif()
if(COODIE_AIO)
    list(APPEND coodie_targets coodie_aio)
endif()
if(COODIE_NATIVE)
    list(APPEND coodie_targets coodie_native)
endif()
install(TARGETS ${coodie_targets} EXPORT coodieTargets
    LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
    INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(DIRECTORY include/coodie DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.hpp")
if(COODIE_EMBEDDED)
    install(FILES src/embedded/link/link_embedded.cpp DESTINATION ${CMAKE_INSTALL_DATADIR}/coodie)
endif()
if(COODIE_NATIVE)
    install(FILES src/native/link/link_native.cpp DESTINATION ${CMAKE_INSTALL_DATADIR}/coodie)
endif()
install(EXPORT coodieTargets NAMESPACE coodie:: DESTINATION ${coodie_cmake_dir})
configure_package_config_file(cmake/coodieConfig.cmake.in ${CMAKE_CURRENT_BINARY_DIR}/coodieConfig.cmake
    INSTALL_DESTINATION ${coodie_cmake_dir})
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/coodieConfigVersion.cmake
    COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/coodieConfig.cmake ${CMAKE_CURRENT_BINARY_DIR}/coodieConfigVersion.cmake
    DESTINATION ${coodie_cmake_dir})
