/* Other people's programs, run to their end: posix_spawn(3), waitpid(2). */
#ifndef CLINUXSOCKET_TOOLS_H
#define CLINUXSOCKET_TOOLS_H

#include <stddef.h>
#include <stdint.h>

/* Runs a command, words apart by single spaces, with `input` as its standard input. What it says on
 * either output, cut at the capacity and ended by 0, comes back in `said`. `inherited` stays open in
 * it under the same number (-1: none). The program is looked for along PATH and where
 * administrators' programs live. The exit status, 128 + n after signal n, -ENOENT when there is no
 * such program. */
int wire_run_tool(const char *_Nonnull command, const void *_Nonnull input, size_t input_length,
                  int inherited, char *_Nonnull said, size_t capacity);

#endif
