#define _GNU_SOURCE
#include "error_queue.h"

#include <errno.h>
#include <time.h>

#include <linux/errqueue.h>
#include <linux/net_tstamp.h>
#include <netinet/icmp6.h>
#include <netinet/in.h>
#include <netinet/ip_icmp.h>
#include <string.h>
#include <time.h>
#include <sys/socket.h>

/* Missing from the headers of Linux before 6.2; a kernel that lacks it says EINVAL. */
enum { opt_id_tcp = 1 << 16 };

static int arm(int fd, uint32_t flags) {
  return setsockopt(fd, SOL_SOCKET, SO_TIMESTAMPING, &flags, sizeof flags) == 0 ? 0 : -errno;
}

int wire_arm_receive_times(int fd) {
  return arm(fd, SOF_TIMESTAMPING_SOFTWARE | SOF_TIMESTAMPING_RX_SOFTWARE);
}

int wire_arm_send_times(int fd) {
  uint32_t flags = SOF_TIMESTAMPING_SOFTWARE | SOF_TIMESTAMPING_RX_SOFTWARE |
                   SOF_TIMESTAMPING_OPT_ID | SOF_TIMESTAMPING_OPT_TSONLY;
  int status = arm(fd, flags | opt_id_tcp);
  /* Without OPT_ID_TCP the count starts at the first unacknowledged byte: the same place as long
   * as nothing is in flight when it is armed. */
  return status == -EINVAL ? arm(fd, flags) : status;
}

static void read_error(struct wire_item *item, const struct cmsghdr *header) {
  struct sock_extended_err error;
  if (header->cmsg_len < CMSG_LEN(sizeof error)) return;
  memcpy(&error, CMSG_DATA(header), sizeof error);
  switch (error.ee_origin) {
    case SO_EE_ORIGIN_TIMESTAMPING:
      item->stream_offset = error.ee_data;
      switch (error.ee_info) {
        case SCM_TSTAMP_SCHED: item->kind = WIRE_ITEM_SENT; break;
        case SCM_TSTAMP_ACK: item->kind = WIRE_ITEM_ACKNOWLEDGED; break;
        default: item->kind = WIRE_ITEM_OTHER; break;
      }
      return;
    case SO_EE_ORIGIN_ICMP:
    case SO_EE_ORIGIN_ICMP6: item->kind = WIRE_ITEM_ICMP; break;
    case SO_EE_ORIGIN_LOCAL: item->kind = WIRE_ITEM_LOCAL_ERROR; break;
    default: return;
  }
  item->error = (int)error.ee_errno;
  item->icmp_type = error.ee_type;
  item->icmp_code = error.ee_code;
  item->is_time_exceeded =
      (error.ee_origin == SO_EE_ORIGIN_ICMP && error.ee_type == ICMP_TIME_EXCEEDED) ||
      (error.ee_origin == SO_EE_ORIGIN_ICMP6 && error.ee_type == ICMP6_TIME_EXCEEDED);
  struct wire_address reporter = {.length = 0};
  size_t room = header->cmsg_len - CMSG_LEN(sizeof error);
  size_t length = header->cmsg_level == SOL_IPV6 ? sizeof(struct sockaddr_in6)
                                                 : sizeof(struct sockaddr_in);
  if (room < length) return;
  memcpy(reporter.bytes, (const char *)CMSG_DATA(header) + sizeof error, length);
  reporter.length = (uint32_t)length;
  item->reporter = wire_address_describe(&reporter);
}

static void read_item(struct wire_item *item, struct msghdr *message,
                      struct wire_address *destination) {
  memset(item, 0, sizeof *item);
  item->kind = WIRE_ITEM_OTHER;
  for (struct cmsghdr *header = CMSG_FIRSTHDR(message); header;
       header = CMSG_NXTHDR(message, header)) {
    if (header->cmsg_level == SOL_SOCKET && header->cmsg_type == SO_TIMESTAMPING) {
      struct scm_timestamping times;
      memcpy(&times, CMSG_DATA(header), sizeof times);
      item->realtime_us = (int64_t)times.ts[0].tv_sec * 1000000 + times.ts[0].tv_nsec / 1000;
    } else if ((header->cmsg_level == SOL_IP && header->cmsg_type == IP_RECVERR) ||
               (header->cmsg_level == SOL_IPV6 && header->cmsg_type == IPV6_RECVERR)) {
      read_error(item, header);
    }
  }
  /* Times are of a stream, which has one. */
  if (item->kind == WIRE_ITEM_SENT || item->kind == WIRE_ITEM_ACKNOWLEDGED) return;
  destination->length = message->msg_namelen;
  item->destination = wire_address_describe(destination);
}

int wire_next_items(int fd, struct wire_item *items, int capacity) {
  union {
    char bytes[512];
    struct cmsghdr aligned;
  } control[WIRE_MOST_ITEMS];
  char payload[WIRE_MOST_ITEMS][64];
  struct iovec pieces[WIRE_MOST_ITEMS];
  struct wire_address destinations[WIRE_MOST_ITEMS];
  struct mmsghdr messages[WIRE_MOST_ITEMS];
  if (capacity > WIRE_MOST_ITEMS) capacity = WIRE_MOST_ITEMS;
  for (int index = 0; index < capacity; index++) {
    pieces[index] = (struct iovec){.iov_base = payload[index], .iov_len = sizeof payload[index]};
    messages[index].msg_hdr = (struct msghdr){.msg_name = destinations[index].bytes,
                                              .msg_namelen = sizeof destinations[index].bytes,
                                              .msg_iov = &pieces[index],
                                              .msg_iovlen = 1,
                                              .msg_control = control[index].bytes,
                                              .msg_controllen = sizeof control[index].bytes};
  }
  int count = recvmmsg(fd, messages, (unsigned)capacity, MSG_ERRQUEUE | MSG_DONTWAIT, NULL);
  if (count < 0) return errno == EAGAIN ? 0 : -errno;
  for (int index = 0; index < count; index++)
    read_item(&items[index], &messages[index].msg_hdr, &destinations[index]);
  return count;
}
