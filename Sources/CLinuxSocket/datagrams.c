#define _GNU_SOURCE
#include "datagrams.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int wire_datagram_socket(const struct wire_address *address) {
  int family = wire_address_family(address) == WIRE_FAMILY_IPV6 ? AF_INET6 : AF_INET;
  int fd = socket(family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return -errno;
  if (bind(fd, (const struct sockaddr *)address->bytes, address->length) == 0) return fd;
  int code = errno;
  close(fd);
  return -code;
}

int64_t wire_datagram_receive(int fd, void *bytes, size_t capacity, struct wire_address *from) {
  socklen_t length = sizeof from->bytes;
  memset(from, 0, sizeof *from);
  ssize_t count = recvfrom(fd, bytes, capacity, 0, (struct sockaddr *)from->bytes, &length);
  if (count < 0) return -errno;
  from->length = length;
  return count;
}

int wire_datagram_send(int fd, const void *bytes, size_t length, const struct wire_address *to) {
  ssize_t count = sendto(fd, bytes, length, MSG_NOSIGNAL, (const struct sockaddr *)to->bytes,
                         to->length);
  return count < 0 ? -errno : 0;
}
