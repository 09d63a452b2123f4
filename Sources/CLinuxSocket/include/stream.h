/* Stream sockets: made, joined, written to and read from, always non-blocking. */
#ifndef CLINUXSOCKET_STREAM_H
#define CLINUXSOCKET_STREAM_H

#include <stddef.h>
#include <stdint.h>

#include "address.h"

/* socket(2): SOCK_STREAM, non-blocking, closed on exec. */
int wire_stream_socket(enum wire_family family);

int wire_bind(int fd, const struct wire_address *_Nonnull address);
int wire_listen(int fd, int backlog);

/* accept4(2): a connection, non-blocking, closed on exec. */
int wire_accept(int fd);

/* 0 when connected at once, -EINPROGRESS when under way. */
int wire_connect(int fd, const struct wire_address *_Nonnull address);

/* sendto(2) with MSG_FASTOPEN: a SYN with a cookie, or asking for one, and as much of the bytes as
 * the cookie pays for. The count queued with the SYN, or a negated errno; -EINPROGRESS means that
 * the SYN left without data and none of the bytes were queued. */
int64_t wire_connect_fast_open(int fd, const struct wire_address *_Nonnull address,
                               const void *_Nullable bytes, size_t length);

/* sendmsg(2) with MSG_NOSIGNAL. `ends_segment` adds MSG_EOR; `timestamps` asks for the time of the last byte's
 * acknowledgement, and with `sending` for that at which it left. */
int64_t wire_send(int fd, const void *_Nullable bytes, size_t length, int ends_segment,
                  int timestamps, int sending);

/* recvmsg(2). *realtime_us is when the kernel received the last of the bytes, 0 when it did not
 * say. */
int64_t wire_receive(int fd, void *_Nonnull bytes, size_t capacity, int64_t *_Nonnull realtime_us);

/* shutdown(2) of our direction. */
int wire_shutdown_write(int fd);

/* write(2) until all is out, waiting as long as it takes; for reports, never for sockets. */
int wire_write_all(int fd, const void *_Nonnull bytes, size_t length);

/* unlink(2). */
int wire_unlink(const char *_Nonnull path);

#endif
