/* <linux/tcp.h> and <netinet/tcp.h> exclude each other; the C library's struct ends in 2008. */
#define _GNU_SOURCE
#include "tcp_facts.h"

#include <netinet/in.h>
#include <stddef.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <linux/sockios.h>
#include <linux/tcp.h>

_Static_assert(WIRE_TCP_TIMESTAMPS == TCPI_OPT_TIMESTAMPS && WIRE_TCP_SACK == TCPI_OPT_SACK &&
                   WIRE_TCP_WINDOW_SCALE == TCPI_OPT_WSCALE && WIRE_TCP_ECN == TCPI_OPT_ECN &&
                   WIRE_TCP_ECN_SEEN == TCPI_OPT_ECN_SEEN &&
                   WIRE_TCP_SYN_DATA == TCPI_OPT_SYN_DATA,
               "the bits are the kernel's");

/* tcpi_rcv_wnd stands behind tcpi_snd_wnd since Linux 6.2; headers may be older than the kernel. */
enum { own_window_offset = offsetof(struct tcp_info, tcpi_snd_wnd) + 4 };

struct answer {
  unsigned char bytes[512];
  socklen_t length;
};

static int64_t number(const struct answer *answer, size_t offset, size_t size) {
  if (offset + size > answer->length) return -1;
  if (size == 1) return answer->bytes[offset];
  if (size == 4) {
    uint32_t value;
    memcpy(&value, answer->bytes + offset, sizeof value);
    return value;
  }
  uint64_t value;
  memcpy(&value, answer->bytes + offset, sizeof value);
  return value > INT64_MAX ? -1 : (int64_t)value;
}

#define FIELD(name) \
  number(&answer, offsetof(struct tcp_info, name), sizeof(((struct tcp_info *)0)->name))

static int ask(int fd, struct answer *answer) {
  memset(answer, 0, sizeof *answer);
  answer->length = sizeof answer->bytes;
  return getsockopt(fd, IPPROTO_TCP, TCP_INFO, answer->bytes, &answer->length);
}

struct wire_tcp_facts wire_read_tcp_facts(int fd) {
  struct wire_tcp_facts facts;
  struct answer answer;
  memset(&facts, 0xFF, sizeof facts);
  if (ask(fd, &answer) != 0) return facts;

  facts.state = FIELD(tcpi_state);
  facts.timeouts_in_a_row = FIELD(tcpi_retransmits);
  facts.probes = FIELD(tcpi_probes);
  facts.backoff = FIELD(tcpi_backoff);
  facts.options = FIELD(tcpi_options);
  if (answer.length >= offsetof(struct tcp_info, tcpi_rto)) {
    struct tcp_info start;
    memcpy(&start, answer.bytes, offsetof(struct tcp_info, tcpi_rto));
    facts.peer_window_scale = start.tcpi_snd_wscale;
    facts.own_window_scale = start.tcpi_rcv_wscale;
    facts.fast_open_failure = start.tcpi_fastopen_client_fail;
  }
  facts.retransmission_timeout = FIELD(tcpi_rto);
  facts.send_mss = FIELD(tcpi_snd_mss);
  facts.receive_mss = FIELD(tcpi_rcv_mss);
  facts.advertised_mss = FIELD(tcpi_advmss);
  facts.path_mtu = FIELD(tcpi_pmtu);
  facts.unacked = FIELD(tcpi_unacked);
  facts.lost = FIELD(tcpi_lost);
  facts.total_retransmits = FIELD(tcpi_total_retrans);
  facts.congestion_window = FIELD(tcpi_snd_cwnd);
  facts.round_trip = FIELD(tcpi_rtt);
  facts.round_trip_variance = FIELD(tcpi_rttvar);
  facts.least_round_trip = FIELD(tcpi_min_rtt);
  facts.since_data_sent = FIELD(tcpi_last_data_sent);
  facts.since_acknowledgement = FIELD(tcpi_last_ack_recv);
  facts.bytes_acknowledged = FIELD(tcpi_bytes_acked);
  facts.bytes_received = FIELD(tcpi_bytes_received);
  facts.segments_in = FIELD(tcpi_segs_in);
  facts.data_segments_in = FIELD(tcpi_data_segs_in);
  facts.data_segments_out = FIELD(tcpi_data_segs_out);
  facts.peer_window = FIELD(tcpi_snd_wnd);
  facts.own_window = number(&answer, own_window_offset, 4);
  if (facts.since_data_sent >= 0) facts.since_data_sent *= 1000;
  if (facts.since_acknowledgement >= 0) facts.since_acknowledgement *= 1000;
  /* "Never measured" is 0 for the smoothed round trip and all ones for the least. */
  if (facts.round_trip == 0) facts.round_trip = facts.round_trip_variance = -1;
  if (facts.least_round_trip == UINT32_MAX) facts.least_round_trip = -1;

  int count;
  /* Both stand in the kernel's one answer, if it is new enough; the ioctls are two more calls. */
  if (facts.bytes_acknowledged < 0 && ioctl(fd, SIOCOUTQ, &count) == 0) facts.outstanding = count;
  facts.unsent = facts.state == WIRE_TCP_SYN_SENT ? -1 : FIELD(tcpi_notsent_bytes);
  if (facts.unsent < 0 && ioctl(fd, SIOCOUTQNSD, &count) == 0) facts.unsent = count;
  return facts;
}

const char *wire_tcp_state_name(int64_t state) {
  static const char *const names[] = {
      "UNKNOWN",   "ESTABLISHED", "SYN_SENT", "SYN_RECV", "FIN_WAIT1", "FIN_WAIT2", "TIME_WAIT",
      "CLOSE",     "CLOSE_WAIT",  "LAST_ACK", "LISTEN",   "CLOSING",   "NEW_SYN_RECV"};
  int64_t count = sizeof names / sizeof names[0];
  return state > 0 && state < count ? names[state] : names[0];
}

int64_t wire_queued(int fd) {
  int count;
  return ioctl(fd, SIOCOUTQ, &count) == 0 ? count : -1;
}
