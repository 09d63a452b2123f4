#define _GNU_SOURCE
#include "datagrams.h"

#include <errno.h>
#include <sys/socket.h>

int wire_datagram_socket(enum wire_family family) {
  int domain = family == WIRE_FAMILY_IPV6 ? AF_INET6 : AF_INET;
  int fd = socket(domain, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  return fd < 0 ? -errno : fd;
}

int wire_send_datagram(int fd, const struct wire_address *address, const void *bytes,
                       size_t length) {
  ssize_t count = sendto(fd, bytes, length, MSG_NOSIGNAL,
                         (const struct sockaddr *)address->bytes, address->length);
  return count < 0 ? -errno : 0;
}
