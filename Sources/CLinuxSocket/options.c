#define _GNU_SOURCE
#include "options.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

int wire_set_option(int fd, int level, int name, int value) {
  struct linger linger = {.l_onoff = value >= 0, .l_linger = value >= 0 ? value : 0};
  int is_linger = level == SOL_SOCKET && name == SO_LINGER;
  const void *bytes = is_linger ? (const void *)&linger : (const void *)&value;
  socklen_t length = is_linger ? sizeof linger : sizeof value;
  return setsockopt(fd, level, name, bytes, length) == 0 ? 0 : -errno;
}

int wire_congestion_control(int fd, char *name, unsigned capacity) {
  socklen_t length = capacity;
  return getsockopt(fd, IPPROTO_TCP, TCP_CONGESTION, name, &length) == 0 ? 0 : -errno;
}

int wire_take_error(int fd) {
  int code = 0;
  socklen_t length = sizeof code;
  if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &code, &length) != 0) return errno;
  return code;
}
