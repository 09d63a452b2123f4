/* Packets of TCP connections to one port, as any interface carries them: packet(7). */
#ifndef CLINUXSOCKET_CAPTURE_H
#define CLINUXSOCKET_CAPTURE_H

#include <stddef.h>
#include <stdint.h>

/* The most bytes of an interface's name, the final NUL among them. */
enum { WIRE_INTERFACE_NAME = 16 };

/* A packet that was heard. */
struct wire_captured {
  /* CLOCK_REALTIME, nanoseconds; 0 when the kernel gave no stamp. */
  int64_t realtime_ns;
  /* Its length, also when it did not fit and was cut. */
  int64_t length;
  unsigned interface;
};

/* A socket that hears the TCP packets from and to that port on every interface, and errors of ICMP, each
 * from its IP header on; what goes over loopback is heard once. Non-blocking, closed on exec, with
 * a buffer of that many bytes as far as the kernel allows. Needs CAP_NET_RAW. */
int wire_capture_socket(uint16_t port, int buffer_bytes);

/* recvmsg(2). The number of bytes that are there now. */
int64_t wire_capture_next(int fd, void *_Nonnull bytes, size_t capacity,
                          struct wire_captured *_Nonnull packet);

/* Packets that there was no room for since the last call. */
int64_t wire_capture_lost(int fd);

/* if_indextoname(3); empty for one that is gone. */
void wire_interface_name(unsigned index, char name[_Nonnull WIRE_INTERFACE_NAME]);

#endif
