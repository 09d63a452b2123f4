extension CauseID {
  package static let pipeliningWindowDeadlock = CauseID(rawValue: "pipelining-window-deadlock")
}

extension Cause {
  static let pipeliningWindowDeadlock = Cause(
    id: .pipeliningWindowDeadlock, code: "E4",
    title: "Both sides write, and nobody reads",
    mechanism: """
      A client that writes a large group of commands without reading fills the server's receive \
      buffer, while the server blocks on replies that fill the client's. Neither reads, so \
      neither can write. RFC 2920 demands non-blocking input or groups that fit the window.
      """,
    symptoms: "The peer's window is shut while unread replies lie in our own receive queue.",
    experiment: """
      A client that reads while it writes, as smtpprobe does, passes; a deadlock seen here can \
      only be the server's half.
      """,
    remedies: Remedies(
      exim: [
        .advice("Exim since 4.94 reads replies about every hundred recipients.")
      ],
      postfix: [
        .advice("Nothing to set: groups are kept within PIPELINING_BUFSIZE.")
      ],
      receiver: [
        .advice("Read input while replies cannot be written.")
      ]),
    sources: [
      "RFC 2920 section 3.1",
      "Postfix HISTORY 20101222; smtp_proto.c",
    ],
    twins: [.zeroWindowTarpit],
    rules: [.deadlock])
}

extension CauseRule {
  fileprivate static let deadlock = CauseRule(
    fits: { $0.status == .stalled && $0.custody == .windowClosed && $0.group == .envelope },
    requires: [.goes(with: .pipeliningOff)],
    decider: "a capture: whether the server's own window was full when it stopped reading")
}
