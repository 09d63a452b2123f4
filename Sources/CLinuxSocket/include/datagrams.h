/* Datagrams that are meant to be answered by ICMP alone. */
#ifndef CLINUXSOCKET_DATAGRAMS_H
#define CLINUXSOCKET_DATAGRAMS_H

#include <stddef.h>

#include "address.h"

/* socket(2): SOCK_DGRAM, non-blocking, closed on exec. */
int wire_datagram_socket(enum wire_family family);

/* sendto(2) of one datagram: 0, or a negated errno, which may be that of an ICMP message about one
 * that was sent before. */
int wire_send_datagram(int fd, const struct wire_address *_Nonnull address,
                       const void *_Nonnull bytes, size_t length);

#endif
