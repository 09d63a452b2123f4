/* Other programs: posix_spawn(3), pidfd_open(2), waitpid(2). */
#ifndef CLINUXSOCKET_TOOLS_H
#define CLINUXSOCKET_TOOLS_H

#include <stddef.h>
#include <stdint.h>

/* Where a program's streams lead. */
enum wire_streams {
  /* Input from memory, either output into memory. */
  WIRE_STREAMS_APART,
  /* Input from memory, both outputs into one memory. */
  WIRE_STREAMS_JOINED,
  /* Where ours lead. */
  WIRE_STREAMS_OURS
};

/* A program that was started. */
struct wire_program {
  int pid;
  /* Becomes readable when the program has ended. */
  int watch;
  /* Files in memory that hold what it wrote so far; the same one twice when they were joined,
   * -1 when they are ours. */
  int output, errors;
};

/* Starts a program; `words` are its name and arguments, each ended by a 0. Without a slash in it the
 * name is looked for along PATH and where administrators' programs live. `input` is all it reads.
 * `inherited` stays open in it under the same number (-1: none). -ENOENT when there is no such
 * program. */
int wire_start_program(const char *_Nonnull words, size_t words_length, const void *_Nullable input,
                       size_t input_length, int inherited, enum wire_streams streams,
                       struct wire_program *_Nonnull program);

/* Its exit status, 128 + n after signal n; waits for its end. Once only. */
int wire_await_program(const struct wire_program *_Nonnull program);

/* The bytes from an offset on of what it wrote. */
int64_t wire_read_output(int file, void *_Nonnull bytes, size_t capacity, int64_t offset);

/* kill(2) with SIGKILL. */
int wire_kill_program(const struct wire_program *_Nonnull program);

#endif
