#define _GNU_SOURCE
#include "files.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "stream.h"

int wire_open_input(const char *path) {
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  return fd < 0 ? -errno : fd;
}

int wire_open_output(const char *path) {
  /* A FIFO that nobody reads would hold the open(2) until somebody does: with O_NONBLOCK it is ENXIO. */
  int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NONBLOCK, 0666);
  if (fd < 0) return -errno;
  int flags = fcntl(fd, F_GETFL);
  if (flags >= 0 && fcntl(fd, F_SETFL, flags & ~O_NONBLOCK) == 0) return fd;
  int error = errno;
  close(fd);
  return -error;
}

int wire_open_append(const char *path) {
  int fd = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  if (fd < 0) return -errno;
  if (flock(fd, LOCK_EX | LOCK_NB) == 0) return fd;
  int error = errno;
  close(fd);
  return -error;
}

int wire_ends_in_line(int fd) {
  off_t size = lseek(fd, 0, SEEK_END);
  char last = '\n';
  if (size > 0 && pread(fd, &last, 1, size - 1) != 1) return -errno;
  return last == '\n';
}

int64_t wire_read(int fd, void *bytes, size_t capacity) {
  for (;;) {
    ssize_t count = read(fd, bytes, capacity);
    if (count >= 0) return count;
    if (errno != EINTR) return -errno;
  }
}

int64_t wire_read_at(int fd, void *bytes, size_t capacity, int64_t place) {
  size_t filled = 0;
  while (filled < capacity) {
    ssize_t count = pread(fd, (char *)bytes + filled, capacity - filled, place + (int64_t)filled);
    if (count == 0) break;
    if (count > 0) filled += (size_t)count;
    else if (errno != EINTR) return -errno;
  }
  return (int64_t)filled;
}

int64_t wire_regular_size(int fd) {
  struct stat facts;
  if (fstat(fd, &facts) != 0) return -errno;
  return S_ISREG(facts.st_mode) ? (int64_t)facts.st_size : -ESPIPE;
}

int wire_is_read_once(const char *path) {
  struct stat facts;
  return stat(path, &facts) == 0 && !S_ISREG(facts.st_mode) && !S_ISDIR(facts.st_mode);
}

int wire_is_rewritable(const char *path) {
  struct stat facts;
  if (stat(path, &facts) == 0) return S_ISREG(facts.st_mode) || S_ISDIR(facts.st_mode);
  return errno == ENOENT;
}

/* Where the name leads, links followed also where the last leads to what is not there: what they lead to is made or
 * replaced, and no link ever is. ENOENT for one that leads to a file that is open and has no name any more. */
static int follow(const char *path, char *real) {
  if (realpath(path, real)) return 0;
  if (errno != ENOENT) return -errno;
  if (snprintf(real, PATH_MAX, "%s", path) >= PATH_MAX) return -ENAMETOOLONG;
  for (int links = 0; links < 40; links++) {
    char target[PATH_MAX], joined[PATH_MAX];
    ssize_t length = readlink(real, target, sizeof target - 1);
    if (length < 0) return errno == EINVAL || errno == ENOENT ? 0 : -errno;
    target[length] = 0;
    const char *slash = target[0] == '/' ? NULL : strrchr(real, '/');
    int count = snprintf(joined, PATH_MAX, "%.*s%s", slash ? (int)(slash - real + 1) : 0, real, target);
    if (count >= PATH_MAX) return -ENAMETOOLONG;
    /* The kernel's own links, whose words are for people. */
    if (strncmp(real, "/proc/", 6) == 0) return -ENOENT;
    memcpy(real, joined, (size_t)count + 1);
  }
  return -ELOOP;
}

/* The directory that it leads into as well, with a slash behind it. */
static int split(const char *path, char *real, char *directory) {
  int status = follow(path, real);
  if (status != 0) return status;
  const char *slash = strrchr(real, '/');
  snprintf(directory, PATH_MAX, "%.*s", slash ? (int)(slash - real + 1) : 2, slash ? real : "./");
  return 0;
}

int wire_is_same_file(const char *first, const char *second) {
  struct stat one, other;
  int exists = stat(first, &one) == 0;
  if (exists != (stat(second, &other) == 0)) return 0;
  if (exists) return !S_ISCHR(one.st_mode) && one.st_dev == other.st_dev && one.st_ino == other.st_ino;
  char real[2][PATH_MAX], directory[2][PATH_MAX];
  return split(first, real[0], directory[0]) == 0 && split(second, real[1], directory[1]) == 0 &&
         strcmp(basename(real[0]), basename(real[1])) == 0 && stat(directory[0], &one) == 0 &&
         stat(directory[1], &other) == 0 && one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

int wire_check_rewritable(const char *path) {
  char real[PATH_MAX], directory[PATH_MAX];
  struct stat facts;
  int status = split(path, real, directory);
  if (status != 0) return status;
  if (stat(real, &facts) == 0) {
    if (S_ISDIR(facts.st_mode)) return -EISDIR;
    if (access(real, W_OK) != 0) return -errno;
    return 0;
  }
  return access(directory, W_OK | X_OK) == 0 ? 0 : -errno;
}

/* A file beside the one that is to be replaced. */
static int open_beside(const char *directory, char *name) {
  for (int attempt = 0; attempt < 100; attempt++) {
    if (snprintf(name, PATH_MAX, "%s.smtpprobe-%d-%d.tmp", directory, (int)getpid(), attempt) >=
        PATH_MAX)
      return -ENAMETOOLONG;
    int fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (fd >= 0) return fd;
    if (errno != EEXIST) return -errno;
  }
  return -EEXIST;
}

/* Where the directory takes no new file, the old one is all there is. */
static int write_in_place(const char *path, const void *bytes, size_t count) {
  int fd = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC);
  if (fd < 0) return -errno;
  int status = wire_write_all(fd, bytes, count);
  if (close(fd) != 0 && status == 0) status = -errno;
  return status;
}

int wire_rewrite(const char *path, const void *bytes, size_t count) {
  char real[PATH_MAX], directory[PATH_MAX], name[PATH_MAX];
  struct stat facts;
  int status = split(path, real, directory);
  if (status != 0) return status;
  int exists = stat(real, &facts) == 0;
  int fd = open_beside(directory, name);
  if (fd == -EACCES && exists) return write_in_place(real, bytes, count);
  if (fd < 0) return fd;
  /* The file keeps its owner and who may read it, as far as we may say so. */
  if (exists && fchown(fd, facts.st_uid, facts.st_gid) == 0) fchmod(fd, facts.st_mode & 07777);
  else if (exists) fchmod(fd, facts.st_mode & 0777);
  status = wire_write_all(fd, bytes, count);
  if (close(fd) != 0 && status == 0) status = -errno;
  if (status == 0 && rename(name, real) != 0) status = -errno;
  if (status != 0) unlink(name);
  return status;
}

int wire_check_input(int fd) {
  char none;
  return read(fd, &none, 0) < 0 ? -errno : 0;
}

void wire_fill_standard_descriptors(void) {
  for (int fd = 0; fd <= 2; fd++) {
    if (fcntl(fd, F_GETFD) >= 0 || errno != EBADF) continue;
    /* The lowest that is free: this one. What would be read from the first fails, as it should. */
    if (open("/dev/null", fd == 0 ? O_WRONLY : O_RDWR) != fd) _exit(71);
  }
}

int wire_is_readable(int fd) {
  struct pollfd wanted = {.fd = fd, .events = POLLIN};
  return poll(&wanted, 1, 0) != 0;
}

int wire_is_writable(int fd, int milliseconds) {
  struct pollfd wanted = {.fd = fd, .events = POLLOUT};
  return poll(&wanted, 1, milliseconds) > 0;
}

int wire_is_terminal(int fd) { return isatty(fd); }

int wire_terminal_columns(int fd) {
  struct winsize size;
  return ioctl(fd, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

int64_t wire_raise_descriptors(int64_t wanted) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return -errno;
  if (limit.rlim_cur >= (rlim_t)wanted) return wanted;
  limit.rlim_cur = limit.rlim_max < (rlim_t)wanted ? limit.rlim_max : (rlim_t)wanted;
  return setrlimit(RLIMIT_NOFILE, &limit) == 0 ? (int64_t)limit.rlim_cur : -errno;
}
