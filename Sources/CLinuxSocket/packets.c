#define _GNU_SOURCE
#include "packets.h"

#include <errno.h>
#include <string.h>

#include <linux/ethtool.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "events.h"

static int prepare(int fd, const char *device, int buffer_bytes) {
  int on = 1;
  unsigned index = if_nametoindex(device);
  if (index == 0) return -errno;
  if (setsockopt(fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, &on, sizeof on) != 0) return -errno;
  /* Beyond the system's limit where we may; a small buffer would lose packets that no rule lost. */
  if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &buffer_bytes, sizeof buffer_bytes) != 0)
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &buffer_bytes, sizeof buffer_bytes);
  if (setsockopt(fd, SOL_SOCKET, SO_SNDBUFFORCE, &buffer_bytes, sizeof buffer_bytes) != 0)
    setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &buffer_bytes, sizeof buffer_bytes);
  struct sockaddr_ll address = {
      .sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL), .sll_ifindex = (int)index};
  return bind(fd, (const struct sockaddr *)&address, sizeof address) == 0 ? 0 : -errno;
}

int wire_packet_socket(const char *device, int buffer_bytes) {
  /* Protocol 0: nothing is heard before the socket is bound to its device. */
  int fd = socket(AF_PACKET, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return -errno;
  int status = prepare(fd, device, buffer_bytes);
  if (status == 0) return fd;
  close(fd);
  return status;
}

int64_t wire_packet_receive(int fd, void *bytes, size_t capacity) {
  ssize_t count = recv(fd, bytes, capacity, MSG_TRUNC);
  return count < 0 ? -(int64_t)errno : count;
}

int wire_packet_send(int fd, const void *bytes, size_t length) {
  return send(fd, bytes, length, MSG_NOSIGNAL) < 0 ? -errno : 0;
}

/* One of ethtool's commands with a number as its argument and answer. */
static int ethtool(int fd, const char *device, uint32_t command, uint32_t *value) {
  struct ethtool_value order = {.cmd = command, .data = *value};
  struct ifreq request = {.ifr_data = (void *)&order};
  strncpy(request.ifr_name, device, sizeof request.ifr_name - 1);
  if (ioctl(fd, SIOCETHTOOL, &request) != 0) return -errno;
  *value = order.data;
  return 0;
}

int wire_packet_offload_off(const char *device) {
  static const uint32_t features[] = {ETHTOOL_STSO, ETHTOOL_SGSO, ETHTOOL_SGRO, ETHTOOL_STXCSUM};
  int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return -errno;
  int status = 0;
  for (size_t index = 0; index < sizeof features / sizeof *features && status == 0; index++) {
    uint32_t off = 0;
    status = ethtool(fd, device, features[index], &off);
  }
  close(fd);
  return status;
}

/* A device sends nothing before the kernel's link watch has seen its carrier, which happens on a
 * work queue of its own (net/core/link_watch.c). Until then packets vanish without a trace. */
static int is_running(int fd, const char *device) {
  struct ifreq request = {0};
  uint32_t link = 0;
  /* Since Linux 6.9 this question alone makes the link watch look at the device. */
  ethtool(fd, device, ETHTOOL_GLINK, &link);
  strncpy(request.ifr_name, device, sizeof request.ifr_name - 1);
  if (ioctl(fd, SIOCGIFFLAGS, &request) != 0 || !(request.ifr_flags & IFF_RUNNING)) return 0;
  /* Asked again for the lock that it takes: the link watch holds it until the device can send. */
  return ethtool(fd, device, ETHTOOL_GLINK, &link) == 0;
}

int wire_await_device(const char *device, int64_t timeout_us) {
  const struct timespec pause = {.tv_nsec = 500000};
  int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return -errno;
  int64_t end = wire_monotonic_us() + timeout_us;
  int status = 0;
  while (status == 0 && !is_running(fd, device)) {
    if (wire_monotonic_us() >= end) status = -ETIMEDOUT;
    nanosleep(&pause, NULL);
  }
  close(fd);
  return status;
}
