/* Socket addresses as values: made from text, turned back into text. */
#ifndef CLINUXSOCKET_ADDRESS_H
#define CLINUXSOCKET_ADDRESS_H

#include <stddef.h>
#include <stdint.h>

/* The family a wire_address belongs to. */
enum wire_family { WIRE_FAMILY_NONE = 0, WIRE_FAMILY_IPV4 = 4, WIRE_FAMILY_IPV6 = 6, WIRE_FAMILY_UNIX = 1 };

/* A sockaddr of any family, with its length. */
struct wire_address {
  uint32_t length;
  _Alignas(8) uint8_t bytes[128];
};

/* An address in numbers and text; a path for UNIX, empty when unnamed. */
struct wire_address_text {
  enum wire_family family;
  uint16_t port;
  char text[128];
};

/* Numeric IPv4 or IPv6, the latter with "%scope" by name or number. -EINVAL when it is neither. */
int wire_address_from_ip(struct wire_address *_Nonnull out, const char *_Nonnull text, uint16_t port);

/* A UNIX path. -ENAMETOOLONG when it does not fit, -EINVAL when empty. */
int wire_address_from_path(struct wire_address *_Nonnull out, const char *_Nonnull path);

enum wire_family wire_address_family(const struct wire_address *_Nonnull address);

struct wire_address_text wire_address_describe(const struct wire_address *_Nonnull address);

/* getsockname(2) and getpeername(2). */
int wire_local_address(int fd, struct wire_address *_Nonnull out);
int wire_remote_address(int fd, struct wire_address *_Nonnull out);

#endif
