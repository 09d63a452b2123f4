/* Whole Ethernet frames on a network device: packet(7). */
#ifndef CLINUXSOCKET_PACKETS_H
#define CLINUXSOCKET_PACKETS_H

#include <stddef.h>
#include <stdint.h>

/* A socket that hears every frame the device receives, and none it sends; non-blocking, closed on
 * exec, with buffers of that many bytes as far as the kernel allows. */
int wire_packet_socket(const char *_Nonnull device, int buffer_bytes);

/* recv(2). The length on the wire, also when the frame did not fit and was cut. */
int64_t wire_packet_receive(int fd, void *_Nonnull bytes, size_t capacity);

/* send(2) of one frame. */
int wire_packet_send(int fd, const void *_Nonnull bytes, size_t length);

/* Switches off what makes a device's packets differ from those on a real wire: segments joined into
 * one (TSO, GSO, GRO), and checksums left to the hardware. ethtool's ioctls. */
int wire_packet_offload_off(const char *_Nonnull device);

/* Waits until a device that is up can send, but no longer than that: 0, or -ETIMEDOUT. */
int wire_await_device(const char *_Nonnull device, int64_t timeout_us);

#endif
