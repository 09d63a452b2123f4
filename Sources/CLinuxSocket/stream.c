#define _GNU_SOURCE
#include "stream.h"

#include <errno.h>
#include <time.h>

#include <linux/errqueue.h>
#include <linux/net_tstamp.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int domain_of(enum wire_family family) {
  switch (family) {
    case WIRE_FAMILY_IPV4: return AF_INET;
    case WIRE_FAMILY_IPV6: return AF_INET6;
    case WIRE_FAMILY_UNIX: return AF_UNIX;
    case WIRE_FAMILY_NONE: break;
  }
  return AF_UNSPEC;
}

int wire_stream_socket(enum wire_family family) {
  int fd = socket(domain_of(family), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  return fd < 0 ? -errno : fd;
}

int wire_bind(int fd, const struct wire_address *address) {
  return bind(fd, (const struct sockaddr *)address->bytes, address->length) == 0 ? 0 : -errno;
}

int wire_listen(int fd, int backlog) { return listen(fd, backlog) == 0 ? 0 : -errno; }

int wire_accept(int fd) {
  int accepted = accept4(fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
  return accepted < 0 ? -errno : accepted;
}

int wire_connect(int fd, const struct wire_address *address) {
  int status = connect(fd, (const struct sockaddr *)address->bytes, address->length);
  return status == 0 ? 0 : -errno;
}

int64_t wire_connect_fast_open(int fd, const struct wire_address *address, const void *bytes,
                               size_t length) {
  ssize_t count = sendto(fd, length ? bytes : "", length, MSG_FASTOPEN | MSG_NOSIGNAL,
                         (const struct sockaddr *)address->bytes, address->length);
  return count < 0 ? -(int64_t)errno : count;
}

int64_t wire_send(int fd, const void *bytes, size_t length, int ends_segment, int timestamps,
                  int sending) {
  union {
    char bytes[CMSG_SPACE(sizeof(uint32_t))];
    struct cmsghdr aligned;
  } control;
  struct iovec piece = {.iov_base = (void *)bytes, .iov_len = length};
  struct msghdr message = {.msg_iov = &piece, .msg_iovlen = 1};
  if (timestamps) {
    /* Not SOF_TIMESTAMPING_TX_SOFTWARE: every time costs a packet buffer and a turn of the loop, and the driver's
     * word comes microseconds behind the scheduler's, where a driver has one. */
    uint32_t wanted = SOF_TIMESTAMPING_TX_ACK | (sending ? SOF_TIMESTAMPING_TX_SCHED : 0);
    memset(&control, 0, sizeof control);
    message.msg_control = control.bytes;
    message.msg_controllen = sizeof control.bytes;
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SO_TIMESTAMPING;
    header->cmsg_len = CMSG_LEN(sizeof wanted);
    memcpy(CMSG_DATA(header), &wanted, sizeof wanted);
  }
  ssize_t count = sendmsg(fd, &message, MSG_NOSIGNAL | (ends_segment ? MSG_EOR : 0));
  return count < 0 ? -(int64_t)errno : count;
}

int64_t wire_receive(int fd, void *bytes, size_t capacity, int64_t *realtime_us) {
  union {
    char bytes[256];
    struct cmsghdr aligned;
  } control;
  struct iovec piece = {.iov_base = bytes, .iov_len = capacity};
  struct msghdr message = {.msg_iov = &piece,
                           .msg_iovlen = 1,
                           .msg_control = control.bytes,
                           .msg_controllen = sizeof control.bytes};
  *realtime_us = 0;
  ssize_t count = recvmsg(fd, &message, 0);
  if (count < 0) return -(int64_t)errno;
  for (struct cmsghdr *header = CMSG_FIRSTHDR(&message); header;
       header = CMSG_NXTHDR(&message, header)) {
    if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SO_TIMESTAMPING) continue;
    struct scm_timestamping times;
    memcpy(&times, CMSG_DATA(header), sizeof times);
    *realtime_us = (int64_t)times.ts[0].tv_sec * 1000000 + times.ts[0].tv_nsec / 1000;
  }
  return count;
}

int wire_shutdown_write(int fd) { return shutdown(fd, SHUT_WR) == 0 ? 0 : -errno; }

int wire_write_all(int fd, const void *bytes, size_t length) {
  const char *next = bytes;
  while (length > 0) {
    ssize_t count = write(fd, next, length);
    if (count >= 0) {
      next += count;
      length -= (size_t)count;
    } else if (errno == EAGAIN) {
      /* A terminal or pipe that someone else made non-blocking. */
      struct pollfd wait = {.fd = fd, .events = POLLOUT};
      if (poll(&wait, 1, -1) < 0 && errno != EINTR) return -errno;
    } else if (errno != EINTR) {
      return -errno;
    }
  }
  return 0;
}

int wire_unlink(const char *path) { return unlink(path) == 0 ? 0 : -errno; }
