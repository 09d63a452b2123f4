/* Plain files: messages to send, reports to write. */
#ifndef CLINUXSOCKET_FILES_H
#define CLINUXSOCKET_FILES_H

#include <stddef.h>
#include <stdint.h>

/* open(2) for reading, closed on exec. */
int wire_open_input(const char *_Nonnull path);

/* open(2) for writing: created with 0666 less the umask, emptied, closed on exec. */
int wire_open_output(const char *_Nonnull path);

/* read(2), again when a signal interrupted it. */
int64_t wire_read(int fd, void *_Nonnull bytes, size_t capacity);

/* Bytes of a regular file; -ESPIPE when it is none, so that its size cannot be known. */
int64_t wire_regular_size(int fd);

/* 1 when read(2) would not block, 0 when it would: poll(2) with no wait. */
int wire_is_readable(int fd);

/* isatty(3). */
int wire_is_terminal(int fd);

#endif
