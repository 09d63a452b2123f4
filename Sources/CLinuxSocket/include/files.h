/* Plain files: messages to send, reports to write. */
#ifndef CLINUXSOCKET_FILES_H
#define CLINUXSOCKET_FILES_H

#include <stddef.h>
#include <stdint.h>

/* open(2) for reading, closed on exec. */
int wire_open_input(const char *_Nonnull path);

/* open(2) for writing: created with 0666 less the umask, emptied, closed on exec. ENXIO for a FIFO that nobody
 * reads, fifo(7), and for a socket's path. */
int wire_open_output(const char *_Nonnull path);

/* Opens for reading from its beginning and for writing at its end, and keeps others that do so out
 * (flock(2)): EWOULDBLOCK while one is at it. */
int wire_open_append(const char *_Nonnull path);
/* Whether a file that grows ends behind a line feed, or is empty; a negative errno. It is read on from its end. */
int wire_ends_in_line(int fd);
/* Whether both paths lead to one file, or would make one; what a device takes from two is no file. */
int wire_is_same_file(const char *_Nonnull first, const char *_Nonnull second);

/* Whether there is something at the path that gives its bytes once: a FIFO, a pipe, a device. */
int wire_is_read_once(const char *_Nonnull path);

/* Whether the path is, or may become, a plain file: wire_rewrite is for those alone. */
int wire_is_rewritable(const char *_Nonnull path);

/* 0 when wire_rewrite should succeed; nothing is changed. */
int wire_check_rewritable(const char *_Nonnull path);

/* Puts these bytes in the place of the file at the path, as a whole or not at all: written beside it,
 * then rename(2). */
int wire_rewrite(const char *_Nonnull path, const void *_Nonnull bytes, size_t count);

/* 0 when read(2) can bring bytes; -EISDIR for a directory, -EBADF for what is closed. */
int wire_check_input(int fd);

/* Puts /dev/null where descriptors 0, 1 and 2 are closed: whatever is opened next would stand in for
 * them. To be called before anything is opened. */
void wire_fill_standard_descriptors(void);

/* read(2), again when a signal interrupted it. */
int64_t wire_read(int fd, void *_Nonnull bytes, size_t capacity);

/* pread(2), again and again: so many bytes from `place` on, fewer only at the end. */
int64_t wire_read_at(int fd, void *_Nonnull bytes, size_t capacity, int64_t place);

/* Bytes of a regular file; -ESPIPE when it is none, so that its size cannot be known. */
int64_t wire_regular_size(int fd);

/* 1 when read(2) would not block, 0 when it would: poll(2) with no wait. */
int wire_is_readable(int fd);

/* The same for write(2) of a few bytes, within that time (-1 for ever, but for a signal). A terminal that is stopped
 * would block. */
int wire_is_writable(int fd, int milliseconds);

/* isatty(3). */
int wire_is_terminal(int fd);

/* Columns of the terminal behind it; 0 where it is none, or does not say (TIOCGWINSZ, ioctl_tty(2)). */
int wire_terminal_columns(int fd);

/* Raises this process's soft limit of descriptors to so many, as far as the hard one allows; how many there
 * may be then (getrlimit(2)). */
int64_t wire_raise_descriptors(int64_t wanted);

#endif
