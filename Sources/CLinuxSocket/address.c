#define _GNU_SOURCE
#include "address.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

_Static_assert(offsetof(struct sockaddr_in, sin_port) == offsetof(struct sockaddr_in6, sin6_port),
               "a port is found without looking at the family");
_Static_assert(sizeof(struct sockaddr_storage) <= sizeof(((struct wire_address *)0)->bytes),
               "wire_address holds any sockaddr");

int wire_address_from_ip(struct wire_address *out, const char *text, uint16_t port) {
  struct addrinfo hints = {.ai_family = AF_UNSPEC,
                           .ai_socktype = SOCK_STREAM,
                           .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV};
  char service[8];
  struct addrinfo *found = NULL;
  memset(out, 0, sizeof *out);
  snprintf(service, sizeof service, "%u", port);
  if (getaddrinfo(text, service, &hints, &found) != 0 || !found) return -EINVAL;
  memcpy(out->bytes, found->ai_addr, found->ai_addrlen);
  out->length = found->ai_addrlen;
  freeaddrinfo(found);
  return 0;
}

int wire_address_from_path(struct wire_address *out, const char *path) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  size_t length = strlen(path);
  memset(out, 0, sizeof *out);
  if (length == 0) return -EINVAL;
  if (length >= sizeof address.sun_path) return -ENAMETOOLONG;
  memcpy(address.sun_path, path, length);
  memcpy(out->bytes, &address, sizeof address);
  out->length = (uint32_t)(offsetof(struct sockaddr_un, sun_path) + length + 1);
  return 0;
}

enum wire_family wire_address_family(const struct wire_address *address) {
  sa_family_t family;
  if (address->length < sizeof family) return WIRE_FAMILY_NONE;
  memcpy(&family, address->bytes, sizeof family);
  switch (family) {
    case AF_INET: return WIRE_FAMILY_IPV4;
    case AF_INET6: return WIRE_FAMILY_IPV6;
    case AF_UNIX: return WIRE_FAMILY_UNIX;
    default: return WIRE_FAMILY_NONE;
  }
}

struct wire_address_text wire_address_describe(const struct wire_address *address) {
  struct wire_address_text result = {.family = wire_address_family(address)};
  if (result.family == WIRE_FAMILY_UNIX) {
    struct sockaddr_un named;
    size_t header = offsetof(struct sockaddr_un, sun_path);
    size_t length = address->length > header ? address->length - header : 0;
    memcpy(&named, address->bytes, sizeof named);
    if (length > sizeof named.sun_path) length = sizeof named.sun_path;
    memcpy(result.text, named.sun_path, length);
    return result;
  }
  if (result.family == WIRE_FAMILY_NONE) return result;
  if (getnameinfo((const struct sockaddr *)address->bytes, address->length, result.text,
                  sizeof result.text, NULL, 0, NI_NUMERICHOST) != 0)
    result.text[0] = '\0';
  /* At the same place in both families. */
  memcpy(&result.port, address->bytes + offsetof(struct sockaddr_in, sin_port), sizeof result.port);
  result.port = ntohs(result.port);
  return result;
}

int wire_local_address(int fd, struct wire_address *out) {
  socklen_t length = sizeof out->bytes;
  memset(out, 0, sizeof *out);
  if (getsockname(fd, (struct sockaddr *)out->bytes, &length) != 0) return -errno;
  out->length = length;
  return 0;
}

int wire_remote_address(int fd, struct wire_address *out) {
  socklen_t length = sizeof out->bytes;
  memset(out, 0, sizeof *out);
  if (getpeername(fd, (struct sockaddr *)out->bytes, &length) != 0) return -errno;
  out->length = length;
  return 0;
}
