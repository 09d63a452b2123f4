// libFuzzer as a library (compiler-rt, lib/fuzzer/FuzzerMain.cpp): our own main chooses what it calls.
#pragma once

#include <stddef.h>
#include <stdint.h>

// Reads the options in the arguments, then calls `test_one_input` until they say that it is enough.
int LLVMFuzzerRunDriver(
    int *count, char ***arguments, int (*test_one_input)(const uint8_t *bytes, size_t length));
