#define _GNU_SOURCE
#include "options.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

_Static_assert(WIRE_MTU_DONT == IP_PMTUDISC_DONT && WIRE_MTU_WANT == IP_PMTUDISC_WANT &&
                   WIRE_MTU_DO == IP_PMTUDISC_DO && WIRE_MTU_PROBE == IP_PMTUDISC_PROBE,
               "one set of numbers for path MTU discovery");
_Static_assert(IP_PMTUDISC_DO == IPV6_PMTUDISC_DO && IP_PMTUDISC_PROBE == IPV6_PMTUDISC_PROBE,
               "the same in both families");

struct place {
  int level, name;
  const char *text;
};

static struct place place_of(enum wire_family family, enum wire_option option) {
  int six = family == WIRE_FAMILY_IPV6;
  switch (option) {
    case WIRE_OPTION_NODELAY: return (struct place){IPPROTO_TCP, TCP_NODELAY, "TCP_NODELAY"};
    case WIRE_OPTION_CORK: return (struct place){IPPROTO_TCP, TCP_CORK, "TCP_CORK"};
    case WIRE_OPTION_QUICKACK: return (struct place){IPPROTO_TCP, TCP_QUICKACK, "TCP_QUICKACK"};
    case WIRE_OPTION_MAXSEG: return (struct place){IPPROTO_TCP, TCP_MAXSEG, "TCP_MAXSEG"};
    case WIRE_OPTION_WINDOW_CLAMP:
      return (struct place){IPPROTO_TCP, TCP_WINDOW_CLAMP, "TCP_WINDOW_CLAMP"};
    case WIRE_OPTION_FASTOPEN_QUEUE:
      return (struct place){IPPROTO_TCP, TCP_FASTOPEN, "TCP_FASTOPEN"};
    case WIRE_OPTION_RECEIVE_BUFFER: return (struct place){SOL_SOCKET, SO_RCVBUF, "SO_RCVBUF"};
    case WIRE_OPTION_SEND_BUFFER: return (struct place){SOL_SOCKET, SO_SNDBUF, "SO_SNDBUF"};
    case WIRE_OPTION_REUSE_ADDRESS:
      return (struct place){SOL_SOCKET, SO_REUSEADDR, "SO_REUSEADDR"};
    case WIRE_OPTION_KEEPALIVE: return (struct place){SOL_SOCKET, SO_KEEPALIVE, "SO_KEEPALIVE"};
    case WIRE_OPTION_KEEPALIVE_IDLE:
      return (struct place){IPPROTO_TCP, TCP_KEEPIDLE, "TCP_KEEPIDLE"};
    case WIRE_OPTION_KEEPALIVE_INTERVAL:
      return (struct place){IPPROTO_TCP, TCP_KEEPINTVL, "TCP_KEEPINTVL"};
    case WIRE_OPTION_LINEAR_TIMEOUTS:
      return (struct place){IPPROTO_TCP, TCP_THIN_LINEAR_TIMEOUTS, "TCP_THIN_LINEAR_TIMEOUTS"};
    case WIRE_OPTION_LINGER: return (struct place){SOL_SOCKET, SO_LINGER, "SO_LINGER"};
    case WIRE_OPTION_MTU_DISCOVER:
      return six ? (struct place){IPPROTO_IPV6, IPV6_MTU_DISCOVER, "IPV6_MTU_DISCOVER"}
                 : (struct place){IPPROTO_IP, IP_MTU_DISCOVER, "IP_MTU_DISCOVER"};
    case WIRE_OPTION_HOP_LIMIT:
      return six ? (struct place){IPPROTO_IPV6, IPV6_UNICAST_HOPS, "IPV6_UNICAST_HOPS"}
                 : (struct place){IPPROTO_IP, IP_TTL, "IP_TTL"};
    case WIRE_OPTION_ERROR_QUEUE:
      return six ? (struct place){IPPROTO_IPV6, IPV6_RECVERR, "IPV6_RECVERR"}
                 : (struct place){IPPROTO_IP, IP_RECVERR, "IP_RECVERR"};
    case WIRE_OPTION_BIND_WITHOUT_PORT:
      return (struct place){IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, "IP_BIND_ADDRESS_NO_PORT"};
    case WIRE_OPTION_IPV6_ONLY: return (struct place){IPPROTO_IPV6, IPV6_V6ONLY, "IPV6_V6ONLY"};
  }
  return (struct place){-1, -1, "unknown option"};
}

int wire_set_option(int fd, enum wire_family family, enum wire_option option, int value) {
  struct place place = place_of(family, option);
  struct linger linger = {.l_onoff = value >= 0, .l_linger = value >= 0 ? value : 0};
  int is_linger = option == WIRE_OPTION_LINGER;
  const void *bytes = is_linger ? (const void *)&linger : (const void *)&value;
  socklen_t length = is_linger ? sizeof linger : sizeof value;
  return setsockopt(fd, place.level, place.name, bytes, length) == 0 ? 0 : -errno;
}

int wire_get_option(int fd, enum wire_family family, enum wire_option option) {
  struct place place = place_of(family, option);
  int value = 0;
  socklen_t length = sizeof value;
  if (getsockopt(fd, place.level, place.name, &value, &length) != 0) return -errno;
  return value;
}

const char *wire_option_name(enum wire_family family, enum wire_option option) {
  return place_of(family, option).text;
}

int wire_congestion_control(int fd, char *name, unsigned capacity) {
  socklen_t length = capacity;
  return getsockopt(fd, IPPROTO_TCP, TCP_CONGESTION, name, &length) == 0 ? 0 : -errno;
}

int wire_take_error(int fd) {
  int code = 0;
  socklen_t length = sizeof code;
  if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &code, &length) != 0) return errno;
  return code;
}
