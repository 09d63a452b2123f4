#include "files.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

int wire_open_input(const char *path) {
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  return fd < 0 ? -errno : fd;
}

int wire_open_output(const char *path) {
  int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  return fd < 0 ? -errno : fd;
}

int64_t wire_read(int fd, void *bytes, size_t capacity) {
  for (;;) {
    ssize_t count = read(fd, bytes, capacity);
    if (count >= 0) return count;
    if (errno != EINTR) return -errno;
  }
}

int64_t wire_regular_size(int fd) {
  struct stat facts;
  if (fstat(fd, &facts) != 0) return -errno;
  return S_ISREG(facts.st_mode) ? (int64_t)facts.st_size : -ESPIPE;
}

int wire_is_readable(int fd) {
  struct pollfd wanted = {.fd = fd, .events = POLLIN};
  return poll(&wanted, 1, 0) != 0;
}

int wire_is_terminal(int fd) { return isatty(fd); }
