#define _GNU_SOURCE
#include "tools.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* An ordinary user's PATH on Debian lacks the places of ip(8) and nft(8). */
static int find(const char *name, char *path, size_t capacity) {
  const char *users = getenv("PATH");
  char places[4096];
  snprintf(places, sizeof places, "%s:/usr/sbin:/sbin:/usr/local/sbin", users ? users : "/usr/bin:/bin");
  for (char *rest = places, *place; (place = strsep(&rest, ":")) != NULL;) {
    if (*place != '/') continue;
    int length = snprintf(path, capacity, "%s/%s", place, name);
    if (length > 0 && (size_t)length < capacity && access(path, X_OK) == 0) return 0;
  }
  return -ENOENT;
}

static int await_end(pid_t child) {
  int status;
  while (waitpid(child, &status, 0) < 0)
    if (errno != EINTR) return -errno;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* posix_spawn with the two files as standard streams. */
static int spawn(pid_t *child, const char *path, char **arguments, int in, int out, int inherited) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  sigset_t none;
  sigemptyset(&none);
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawn_file_actions_adddup2(&actions, in, 0);
  posix_spawn_file_actions_adddup2(&actions, out, 1);
  posix_spawn_file_actions_adddup2(&actions, out, 2);
  /* Onto itself: that clears the close-on-exec flag. */
  if (inherited >= 0) posix_spawn_file_actions_adddup2(&actions, inherited, inherited);
  int status = posix_spawn(child, path, &actions, &attributes, arguments, environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return -status;
}

static int run(const char *path, char **arguments, int in, int out, int inherited, char *said,
               size_t capacity) {
  pid_t child;
  int status = spawn(&child, path, arguments, in, out, inherited);
  if (status != 0) return status;
  status = await_end(child);
  ssize_t count = pread(out, said, capacity - 1, 0);
  said[count > 0 ? count : 0] = 0;
  return status;
}

int wire_run_tool(const char *command, const void *input, size_t input_length, int inherited,
                  char *said, size_t capacity) {
  enum { most = 15 };
  char line[1024], path[4096];
  char *words[most + 1] = {NULL};
  said[0] = 0;
  if (strlen(command) >= sizeof line) return -E2BIG;
  strcpy(line, command);
  char *rest = line;
  for (int count = 0; count < most && rest; count++) words[count] = strsep(&rest, " ");
  if (find(words[0], path, sizeof path) != 0) return -ENOENT;
  /* Files in memory instead of pipes: neither side can wait for the other. */
  int in = memfd_create("input", MFD_CLOEXEC), out = memfd_create("output", MFD_CLOEXEC);
  int status = in < 0 || out < 0 ? -errno : 0;
  if (status == 0 && write(in, input, input_length) != (ssize_t)input_length) status = -EIO;
  if (status == 0) lseek(in, 0, SEEK_SET);
  if (status == 0) status = run(path, words, in, out, inherited, said, capacity);
  if (in >= 0) close(in);
  if (out >= 0) close(out);
  return status;
}
