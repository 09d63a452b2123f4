#define _GNU_SOURCE
#include "route.h"

#include <errno.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

static int is_same_host(const struct sockaddr *one, const struct sockaddr *other) {
  if (!one || one->sa_family != other->sa_family) return 0;
  if (one->sa_family == AF_INET)
    return ((const struct sockaddr_in *)one)->sin_addr.s_addr ==
           ((const struct sockaddr_in *)other)->sin_addr.s_addr;
  if (one->sa_family == AF_INET6)
    return memcmp(&((const struct sockaddr_in6 *)one)->sin6_addr,
                  &((const struct sockaddr_in6 *)other)->sin6_addr, sizeof(struct in6_addr)) == 0;
  return 0;
}

/* The name of the interface that holds an address: 0 or -ENODEV. */
static int interface_of(const struct sockaddr *address, char *name, size_t capacity) {
  struct ifaddrs *all = NULL;
  int status = -ENODEV;
  if (getifaddrs(&all) != 0) return -errno;
  for (struct ifaddrs *one = all; one && status != 0; one = one->ifa_next)
    if (is_same_host(one->ifa_addr, address)) {
      snprintf(name, capacity, "%s", one->ifa_name);
      status = 0;
    }
  freeifaddrs(all);
  return status;
}

static int describe(int fd, const struct wire_address *local, const struct wire_address *remote,
                    struct wire_route *out) {
  if (local && bind(fd, (const struct sockaddr *)local->bytes, local->length) != 0) return -errno;
  if (connect(fd, (const struct sockaddr *)remote->bytes, remote->length) != 0) return -errno;

  struct wire_address own;
  int status = wire_local_address(fd, &own);
  if (status == 0)
    status = interface_of((const struct sockaddr *)own.bytes, out->interface, sizeof out->interface);
  if (status != 0) return status;

  struct ifreq request;
  memset(&request, 0, sizeof request);
  snprintf(request.ifr_name, sizeof request.ifr_name, "%s", out->interface);
  if (ioctl(fd, SIOCGIFMTU, &request) == 0) out->interface_mtu = request.ifr_mtu;

  int six = wire_address_family(remote) == WIRE_FAMILY_IPV6, mtu = 0;
  socklen_t length = sizeof mtu;
  if (getsockopt(fd, six ? IPPROTO_IPV6 : IPPROTO_IP, six ? IPV6_MTU : IP_MTU, &mtu, &length) == 0)
    out->path_mtu = mtu;
  return 0;
}

int wire_find_route(const struct wire_address *local, const struct wire_address *remote,
                    struct wire_route *out) {
  memset(out, 0, sizeof *out);
  out->interface_mtu = out->path_mtu = -1;
  int family;
  switch (wire_address_family(remote)) {
    case WIRE_FAMILY_IPV4: family = AF_INET; break;
    case WIRE_FAMILY_IPV6: family = AF_INET6; break;
    default: return -EAFNOSUPPORT;
  }
  int fd = socket(family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return -errno;
  int status = describe(fd, local, remote, out);
  close(fd);
  return status;
}
