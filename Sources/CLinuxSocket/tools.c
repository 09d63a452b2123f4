#define _GNU_SOURCE
#include "tools.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "events.h"

extern char **environ;

/* An ordinary user's PATH on Debian lacks the places of ip(8) and nft(8). */
static int find(const char *name, char *path, size_t capacity) {
  if (strchr(name, '/')) return snprintf(path, capacity, "%s", name) < (int)capacity ? 0 : -ENOENT;
  const char *users = getenv("PATH");
  char places[4096];
  snprintf(places, sizeof places, "%s:/usr/sbin:/sbin:/usr/local/sbin",
           users ? users : "/usr/bin:/bin");
  for (char *rest = places, *place; (place = strsep(&rest, ":")) != NULL;) {
    if (*place != '/') continue;
    int length = snprintf(path, capacity, "%s/%s", place, name);
    if (length > 0 && (size_t)length < capacity && access(path, X_OK) == 0) return 0;
  }
  return -ENOENT;
}

/* A file without a name that holds these bytes and is read from its beginning. Files instead of
 * pipes: neither side can wait for the other. */
static int file_holding(const void *bytes, size_t length) {
  int fd = memfd_create("stream", MFD_CLOEXEC);
  if (fd < 0) return -errno;
  for (size_t done = 0; done < length;) {
    ssize_t count = write(fd, (const char *)bytes + done, length - done);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) {
      int code = errno;
      close(fd);
      return -code;
    }
    done += (size_t)count;
  }
  lseek(fd, 0, SEEK_SET);
  return fd;
}

/* It goes when the thread that started it goes, however that ends: a killed lab leaves nobody behind,
 * and no network that somebody stands in. posix_spawn cannot promise that.
 * Between vfork and exec the child has our memory, but signals and descriptors of its own. */
static int spawn(const char *path, char **words, int in, int inherited,
                 struct wire_program *program) {
  sigset_t none;
  sigemptyset(&none);
  pid_t parent = getpid();
  volatile int failure = 0;
  pid_t child = vfork();
  if (child == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(127);
    /* The loop blocks the signals it watches, and a mask is inherited. */
    sigprocmask(SIG_SETMASK, &none, NULL);
    wire_signals_restore();
    if (program->output >= 0) {
      dup2(in, 0);
      dup2(program->output, 1);
      dup2(program->errors, 2);
    }
    if (inherited >= 0) fcntl(inherited, F_SETFD, 0);
    execve(path, words, environ);
    failure = errno;
    _exit(127);
  }
  if (child < 0) return -errno;
  if (failure != 0) waitpid(child, NULL, 0);
  program->pid = child;
  return -failure;
}

static void forget(struct wire_program *program) {
  if (program->output >= 0) close(program->output);
  if (program->errors >= 0 && program->errors != program->output) close(program->errors);
  program->output = program->errors = -1;
}

/* Makes the files that the streams want. */
static int open_outputs(enum wire_streams streams, struct wire_program *program) {
  program->output = program->errors = -1;
  if (streams == WIRE_STREAMS_OURS) return 0;
  int output = file_holding(NULL, 0);
  if (output < 0) return output;
  int errors = streams == WIRE_STREAMS_JOINED ? output : file_holding(NULL, 0);
  if (errors < 0) close(output);
  if (errors < 0) return errors;
  program->output = output;
  program->errors = errors;
  return 0;
}

static int start(const char *path, char **words, int in, int inherited, enum wire_streams streams,
                 struct wire_program *program) {
  int status = open_outputs(streams, program);
  if (status == 0) status = spawn(path, words, in, inherited, program);
  if (status == 0) {
    program->watch = (int)syscall(SYS_pidfd_open, program->pid, 0);
    if (program->watch >= 0) return 0;
    status = -errno;
    wire_kill_program(program);
    wire_await_program(program);
  }
  forget(program);
  return status;
}

int wire_start_program(const char *words, size_t words_length, const void *input,
                       size_t input_length, int inherited, enum wire_streams streams,
                       struct wire_program *program) {
  enum { most = 255 };
  char path[4096];
  char *list[most + 1] = {NULL};
  size_t count = 0;
  for (size_t at = 0; at < words_length; at += strlen(words + at) + 1) {
    if (count == most) return -E2BIG;
    list[count++] = (char *)words + at;
  }
  if (count == 0 || find(list[0], path, sizeof path) != 0) return -ENOENT;
  int in = file_holding(input, input_length);
  if (in < 0) return in;
  int status = start(path, list, in, inherited, streams, program);
  close(in);
  return status;
}

int wire_await_program(const struct wire_program *program) {
  int status;
  while (waitpid(program->pid, &status, 0) < 0)
    if (errno != EINTR) return -errno;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int64_t wire_read_output(int file, void *bytes, size_t capacity, int64_t offset) {
  ssize_t count = pread(file, bytes, capacity, offset);
  return count < 0 ? -(int64_t)errno : count;
}

int wire_kill_program(const struct wire_program *program) {
  return kill(program->pid, SIGKILL) == 0 ? 0 : -errno;
}
