/* What the kernel puts on a socket's error queue: times of our sends, and errors with their origin. */
#ifndef CLINUXSOCKET_ERROR_QUEUE_H
#define CLINUXSOCKET_ERROR_QUEUE_H

#include <stdint.h>

#include "address.h"

/* What an item is about; the first two are times of a send. */
enum wire_item_kind {
  WIRE_ITEM_SENT,         /* SCM_TSTAMP_SCHED */
  WIRE_ITEM_ACKNOWLEDGED, /* SCM_TSTAMP_ACK */
  WIRE_ITEM_ICMP,        /* SO_EE_ORIGIN_ICMP, SO_EE_ORIGIN_ICMP6 */
  WIRE_ITEM_LOCAL_ERROR, /* SO_EE_ORIGIN_LOCAL */
  WIRE_ITEM_OTHER
};

/* One item of the queue. */
struct wire_item {
  enum wire_item_kind kind;
  uint32_t stream_offset; /* times: offset of the send's last byte since timestamping was armed */
  int64_t realtime_us;    /* times: CLOCK_REALTIME */
  int error;              /* errors: errno */
  uint8_t icmp_type, icmp_code;
  int is_time_exceeded;              /* ICMP: the packet had no hops left */
  struct wire_address_text reporter; /* who sent the ICMP message */
  struct wire_address_text destination; /* where the packet was going; datagram sockets only */
};

/* Before connect: receive times only. After it: send times too, counted from the next byte written
 * (SO_TIMESTAMPING with OPT_ID, OPT_ID_TCP and OPT_TSONLY; Linux before 6.2 lacks OPT_ID_TCP). */
int wire_arm_receive_times(int fd);
int wire_arm_send_times(int fd);

/* The most items that one call takes. */
enum { WIRE_MOST_ITEMS = 8 };

/* How many items came, in the kernel's order; fewer than there is room for when the queue is now
 * empty; or a negated errno. recvmmsg, MSG_ERRQUEUE. */
int wire_next_items(int fd, struct wire_item *_Nonnull items, int capacity);

#endif
