/* Socket options by one enum: level, name and family are settled here. */
#ifndef CLINUXSOCKET_OPTIONS_H
#define CLINUXSOCKET_OPTIONS_H

#include "address.h"

/* tcp(7), socket(7), ip(7), ipv6(7); the value is an int unless the comment says otherwise. */
enum wire_option {
  WIRE_OPTION_NODELAY,
  WIRE_OPTION_CORK,
  WIRE_OPTION_QUICKACK,
  WIRE_OPTION_MAXSEG,
  WIRE_OPTION_WINDOW_CLAMP,
  WIRE_OPTION_FASTOPEN_QUEUE,
  WIRE_OPTION_RECEIVE_BUFFER,
  WIRE_OPTION_SEND_BUFFER,
  WIRE_OPTION_REUSE_ADDRESS,
  WIRE_OPTION_KEEPALIVE,
  WIRE_OPTION_KEEPALIVE_IDLE,     /* seconds */
  WIRE_OPTION_KEEPALIVE_INTERVAL, /* seconds */
  WIRE_OPTION_LINEAR_TIMEOUTS,
  WIRE_OPTION_LINGER, /* seconds; negative switches it off */
  WIRE_OPTION_MTU_DISCOVER,
  WIRE_OPTION_HOP_LIMIT,
  WIRE_OPTION_ERROR_QUEUE, /* IP_RECVERR, IPV6_RECVERR */
  WIRE_OPTION_BIND_WITHOUT_PORT,
  WIRE_OPTION_IPV6_ONLY
};

/* Values of WIRE_OPTION_MTU_DISCOVER (IP_PMTUDISC_*, the same numbers for IPv6). */
enum { WIRE_MTU_DONT = 0, WIRE_MTU_WANT = 1, WIRE_MTU_DO = 2, WIRE_MTU_PROBE = 3 };

int wire_set_option(int fd, enum wire_family family, enum wire_option option, int value);

/* The value, or the negated errno. */
int wire_get_option(int fd, enum wire_family family, enum wire_option option);

/* "TCP_NODELAY". */
const char *_Nonnull wire_option_name(enum wire_family family, enum wire_option option);

/* The congestion control's name. TCP_CONGESTION. */
int wire_congestion_control(int fd, char *_Nonnull name, unsigned capacity);

/* Takes the pending error away: 0, or an errno, not negated. SO_ERROR. */
int wire_take_error(int fd);

#endif
