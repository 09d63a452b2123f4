/// What the kernel says of a connection at one moment; `nil` where this kernel did not tell.
///
/// Source: `TCP_INFO` (`struct tcp_info` in `linux/tcp.h`), `SIOCOUTQ` and `SIOCOUTQNSD`
/// (`tcp(7)`). Byte counts are offsets in our stream with the SYN's own count taken off.
package struct KernelFacts: Codable, Sendable, Equatable {
  /// TCP state by its usual name: `ESTABLISHED`, `CLOSE_WAIT`.
  package var state: String?
  /// Bytes of ours in the socket's queue that have not been acknowledged, sent or not (`SIOCOUTQ`).
  package var outstanding: Int?
  /// Of those, the bytes that were never sent (`SIOCOUTQNSD`).
  package var unsent: Int?
  /// Our bytes acknowledged, without the SYN (`tcpi_bytes_acked`).
  package var acknowledged: Int?
  /// Peer's bytes received in order (`tcpi_bytes_received`).
  package var received: Int?
  /// Smoothed round trip, microseconds.
  package var roundTrip: Microseconds?
  /// Its variance, microseconds.
  package var roundTripVariance: Microseconds?
  /// Least round trip seen, microseconds.
  package var leastRoundTrip: Microseconds?
  /// Current retransmission timeout, microseconds.
  package var retransmissionTimeout: Microseconds?
  /// Since data last left, retransmissions included, microseconds (`tcpi_last_data_sent`).
  package var sinceDataSent: Microseconds?
  /// Since the last ACK came, whether it acknowledged anything new or not (`tcpi_last_ack_recv`).
  package var sinceAcknowledgement: Microseconds?
  /// Segment size we send with, bytes.
  package var sendMSS: Int?
  /// Segment size the peer sends with, as estimated, bytes.
  package var receiveMSS: Int?
  /// Segment size we advertised, bytes.
  package var advertisedMSS: Int?
  /// Path MTU as the kernel knows it, bytes.
  package var pathMTU: Int?
  /// Segments in flight.
  package var unackedSegments: Int?
  /// Segments deemed lost.
  package var lostSegments: Int?
  /// Consecutive retransmission timeouts without progress.
  package var retransmits: Int?
  /// Segments retransmitted over the whole life, SYN included.
  package var totalRetransmits: Int?
  /// Exponential backoff steps in force; above zero with a shut window means window probes.
  package var backoff: Int?
  /// Zero-window probes outstanding.
  package var windowProbes: Int?
  /// Peer's advertised window, bytes, scaled.
  package var peerWindow: Int?
  /// Our advertised window, bytes, scaled.
  package var ownWindow: Int?
  /// Window scale shifts: the peer's (applied to what it advertises) and ours.
  package var windowScale: [Int]?
  /// Congestion window, segments.
  package var congestionWindow: Int?
  /// Segments with data sent, retransmissions included.
  package var dataSegmentsOut: Int?
  /// Segments with data received.
  package var dataSegmentsIn: Int?
  /// All segments received, pure ACKs too.
  package var segmentsIn: Int?
  /// Negotiated options by name: `timestamps`, `sack`, `wscale`, `ecn`, `syn_data`.
  package var options: [String]?
  /// `tcpi_fastopen_client_fail`: 0 unspecified, 1 no cookie, 2 data not acknowledged, 3 SYN retransmitted.
  package var fastOpenFailure: Int?
  /// Whether the peer's program has read all of our bytes; a UNIX socket alone tells (`SIOCOUTQ` there).
  package var readByPeer: Bool?

  package init() {}

  private enum CodingKeys: String, CodingKey {
    case state, outstanding, unsent, acknowledged, received, backoff, options
    case retransmits = "timeouts_in_a_row"
    case roundTrip = "rtt_us"
    case roundTripVariance = "rttvar_us"
    case leastRoundTrip = "min_rtt_us"
    case retransmissionTimeout = "rto_us"
    case sinceDataSent = "since_data_sent_us"
    case sinceAcknowledgement = "since_acknowledgement_us"
    case sendMSS = "mss"
    case receiveMSS = "receive_mss"
    case advertisedMSS = "advertised_mss"
    case pathMTU = "pmtu"
    case unackedSegments = "unacked_segments"
    case lostSegments = "lost_segments"
    case totalRetransmits = "retransmits"
    case windowProbes = "window_probes"
    case peerWindow = "peer_window"
    case ownWindow = "own_window"
    case windowScale = "window_scale"
    case congestionWindow = "cwnd"
    case dataSegmentsOut = "data_segments_out"
    case dataSegmentsIn = "data_segments_in"
    case segmentsIn = "segments_in"
    case fastOpenFailure = "fast_open_failure"
    case readByPeer = "read_by_peer"
  }
}
