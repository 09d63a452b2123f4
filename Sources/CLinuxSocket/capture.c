#define _GNU_SOURCE
#include "capture.h"

#include <errno.h>
#include <string.h>

#include <linux/filter.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <net/if_arp.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define LOAD(size, mode, place) BPF_STMT(BPF_LD | (size) | (mode), (place))
#define ABOUT(what) LOAD(BPF_W, BPF_ABS, (unsigned)(SKF_AD_OFF + (what)))
#define IF(value, yes, no) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (value), (yes), (no))
#define GIVE(length) BPF_STMT(BPF_RET | BPF_K, (length))

/* Jumps are counted from the statement behind them. Offsets are those of the IP header, where a packet of
 * a SOCK_DGRAM packet socket begins. Fragments other than the first have no ports, and are passed over. */
static int attach_filter(int fd, uint16_t port) {
  struct sock_filter code[] = {
      /* 0: loopback shows each packet as sent and as received; the second is enough. */
      ABOUT(SKF_AD_HATYPE),
      IF(ARPHRD_LOOPBACK, 0, 2),
      ABOUT(SKF_AD_PKTTYPE),
      IF(PACKET_OUTGOING, 21, 0),
      ABOUT(SKF_AD_PROTOCOL),
      IF(ETH_P_IP, 1, 0),
      IF(ETH_P_IPV6, 10, 18),
      /* 7: IPv4. */
      LOAD(BPF_B, BPF_ABS, 9),
      IF(IPPROTO_ICMP, 15, 0),
      IF(IPPROTO_TCP, 0, 15),
      LOAD(BPF_H, BPF_ABS, 6),
      BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, 0x1fff, 13, 0),
      BPF_STMT(BPF_LDX | BPF_B | BPF_MSH, 0),
      LOAD(BPF_H, BPF_IND, 0),
      IF(port, 9, 0),
      LOAD(BPF_H, BPF_IND, 2),
      IF(port, 7, 8),
      /* 17: IPv6. */
      LOAD(BPF_B, BPF_ABS, 6),
      IF(IPPROTO_ICMPV6, 5, 0),
      IF(IPPROTO_TCP, 0, 5),
      LOAD(BPF_H, BPF_ABS, 40),
      IF(port, 2, 0),
      LOAD(BPF_H, BPF_ABS, 42),
      IF(port, 0, 1),
      /* 24: taken, and 25: not. */
      GIVE(0x7fffffff),
      GIVE(0),
  };
  struct sock_fprog program = {.len = sizeof code / sizeof *code, .filter = code};
  return setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program);
}

static int prepare(int fd, uint16_t port, int buffer_bytes) {
  int on = 1;
  struct sockaddr_ll everywhere = {.sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL)};
  if (attach_filter(fd, port) != 0) return -errno;
  if (setsockopt(fd, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on) != 0) return -errno;
  /* Beyond the system's limit where we may. */
  if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &buffer_bytes, sizeof buffer_bytes) != 0)
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &buffer_bytes, sizeof buffer_bytes);
  return bind(fd, (const struct sockaddr *)&everywhere, sizeof everywhere) == 0 ? 0 : -errno;
}

int wire_capture_socket(uint16_t port, int buffer_bytes) {
  /* Protocol 0: nothing is heard before there is a filter. */
  int fd = socket(AF_PACKET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return -errno;
  int status = prepare(fd, port, buffer_bytes);
  if (status == 0) return fd;
  close(fd);
  return status;
}

int64_t wire_capture_next(int fd, void *bytes, size_t capacity, struct wire_captured *packet) {
  struct sockaddr_ll from = {0};
  union {
    struct cmsghdr header;
    char room[CMSG_SPACE(sizeof(struct timespec))];
  } control;
  struct iovec place = {.iov_base = bytes, .iov_len = capacity};
  struct msghdr message = {.msg_name = &from,
                           .msg_namelen = sizeof from,
                           .msg_iov = &place,
                           .msg_iovlen = 1,
                           .msg_control = &control,
                           .msg_controllen = sizeof control};
  ssize_t length = recvmsg(fd, &message, MSG_TRUNC);
  if (length < 0) return -(int64_t)errno;
  *packet = (struct wire_captured){.length = length, .interface = (unsigned)from.sll_ifindex};
  for (struct cmsghdr *part = CMSG_FIRSTHDR(&message); part; part = CMSG_NXTHDR(&message, part)) {
    if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_TIMESTAMPNS) continue;
    struct timespec moment;
    memcpy(&moment, CMSG_DATA(part), sizeof moment);
    packet->realtime_ns = (int64_t)moment.tv_sec * 1000000000 + moment.tv_nsec;
  }
  return (size_t)length < capacity ? length : (int64_t)capacity;
}

int64_t wire_capture_lost(int fd) {
  struct tpacket_stats counts;
  socklen_t length = sizeof counts;
  if (getsockopt(fd, SOL_PACKET, PACKET_STATISTICS, &counts, &length) != 0) return -errno;
  return counts.tp_drops;
}

void wire_interface_name(unsigned index, char name[WIRE_INTERFACE_NAME]) {
  _Static_assert(WIRE_INTERFACE_NAME == IF_NAMESIZE, "as long as the kernel's");
  if (!if_indextoname(index, name)) name[0] = 0;
}
