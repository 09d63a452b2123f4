/* Datagrams, for a name server of the lab: udp(7). */
#ifndef CLINUXSOCKET_DATAGRAMS_H
#define CLINUXSOCKET_DATAGRAMS_H

#include <stddef.h>
#include <stdint.h>

#include "address.h"

/* A bound UDP socket, non-blocking, closed on exec. */
int wire_datagram_socket(const struct wire_address *_Nonnull address);

/* recvfrom(2): the length, and who sent it. */
int64_t wire_datagram_receive(int fd, void *_Nonnull bytes, size_t capacity,
                              struct wire_address *_Nonnull from);

/* sendto(2). */
int wire_datagram_send(int fd, const void *_Nonnull bytes, size_t length,
                       const struct wire_address *_Nonnull to);

#endif
