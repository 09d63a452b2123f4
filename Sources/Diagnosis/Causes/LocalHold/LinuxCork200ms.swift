extension CauseID {
  package static let linuxCork200ms = CauseID(rawValue: "linux-cork-200ms")
}

extension Cause {
  static let linuxCork200ms = Cause(
    id: .linuxCork200ms, code: "B2",
    title: "A small write after MSG_MORE is held for 200 ms despite TCP_NODELAY",
    mechanism: """
      Linux kernels around 5.6 kept a small write that followed one with MSG_MORE for about 200 \
      ms, although TCP_NODELAY was set. Exim clears TCP_CORK by hand for this reason.
      """,
    symptoms: """
      Unsent bytes for about 200 ms while the peer's window is wide open, then they leave. Only \
      programs that cork or pass MSG_MORE are hit; smtpprobe does neither.
      """,
    experiment: """
      None from outside: it takes the affected kernel and a client that corks. Compare the \
      client's own log with a session of smtpprobe from the same host.
      """,
    remedies: Remedies(
      exim: [
        .advice("Exim 4.94 or later.")
      ],
      kernel: [
        .advice("A kernel without the fault; Red Hat tracked it as bug 1803806.")
      ]),
    sources: [
      "Exim smtp_out.c, comment on TCP_CORK; Exim commit 68f71b94c"
    ],
    twins: [.nagleDelayedAck])
}
