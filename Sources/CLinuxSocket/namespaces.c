#define _GNU_SOURCE
#include "namespaces.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int wire_write_setting(const char *path, const char *text) {
  int fd = open(path, O_WRONLY | O_CLOEXEC);
  if (fd < 0) return -errno;
  ssize_t count = write(fd, text, strlen(text));
  int status = count < 0 ? -errno : 0;
  close(fd);
  return status;
}

int wire_own_users(const char **call) {
  unsigned user = geteuid(), group = getegid();
  char map[32];
  *call = "unshare(CLONE_NEWUSER)";
  if (unshare(CLONE_NEWUSER) != 0) return -errno;
  /* Root in the map, not the caller's own number: otherwise exec(2) would take the capabilities
   * away from the programs that set the network up. */
  *call = "write uid_map";
  snprintf(map, sizeof map, "0 %u 1\n", user);
  int status = wire_write_setting("/proc/self/uid_map", map);
  if (status != 0) return status;
  *call = "write setgroups";
  status = wire_write_setting("/proc/self/setgroups", "deny");
  if (status != 0) return status;
  *call = "write gid_map";
  snprintf(map, sizeof map, "0 %u 1\n", group);
  return wire_write_setting("/proc/self/gid_map", map);
}

int wire_own_network(void) { return unshare(CLONE_NEWNET) == 0 ? 0 : -errno; }

int wire_current_network(void) {
  int fd = open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);
  return fd < 0 ? -errno : fd;
}

int wire_enter_network(int fd) { return setns(fd, CLONE_NEWNET) == 0 ? 0 : -errno; }
