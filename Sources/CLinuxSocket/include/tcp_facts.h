/* TCP_INFO, SIOCOUTQ and SIOCOUTQNSD as numbers, each with its own "not known". */
#ifndef CLINUXSOCKET_TCP_FACTS_H
#define CLINUXSOCKET_TCP_FACTS_H

#include <stdint.h>

/* -1 where the kernel did not tell: the answer of TCP_INFO grows with the kernel. Times are
 * microseconds, windows bytes, the names those of struct tcp_info in linux/tcp.h. */
struct wire_tcp_facts {
  int64_t state, timeouts_in_a_row, probes, backoff, options;
  int64_t peer_window_scale, own_window_scale, fast_open_failure;
  int64_t retransmission_timeout, send_mss, receive_mss, advertised_mss, path_mtu;
  int64_t unacked, lost, total_retransmits, congestion_window;
  int64_t round_trip, round_trip_variance, least_round_trip;
  int64_t since_data_sent, since_acknowledgement; /* of any kind; the kernel counts milliseconds */
  int64_t bytes_acknowledged, bytes_received, segments_in, data_segments_in, data_segments_out;
  int64_t peer_window, own_window;
  int64_t outstanding, unsent; /* as SIOCOUTQ has it, where bytes_acknowledged is not known; as SIOCOUTQNSD */
};

/* Two of wire_tcp_facts.state (net/tcp_states.h): no answer to our SYN yet, and given up. */
enum { WIRE_TCP_SYN_SENT = 2, WIRE_TCP_CLOSE = 7 };

/* Bits of wire_tcp_facts.options (TCPI_OPT_*). */
enum {
  WIRE_TCP_TIMESTAMPS = 1,
  WIRE_TCP_SACK = 2,
  WIRE_TCP_WINDOW_SCALE = 4,
  WIRE_TCP_ECN = 8,
  WIRE_TCP_ECN_SEEN = 16,
  WIRE_TCP_SYN_DATA = 32
};

/* Everything -1 when the socket is no TCP socket. */
struct wire_tcp_facts wire_read_tcp_facts(int fd);

/* "ESTABLISHED"; "UNKNOWN" for a number this kernel's headers do not name. */
const char *_Nonnull wire_tcp_state_name(int64_t state);

/* Bytes queued in the socket (SIOCOUTQ); for UNIX sockets the kernel counts its buffers, so that
 * only 0 is exact. */
int64_t wire_queued(int fd);

#endif
