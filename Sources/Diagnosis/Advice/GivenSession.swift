package import SessionOptions
package import SessionTrace

/// What the user of a recorded session asked for, as far as its command line can be read.
package struct GivenSession: Sendable {
  /// The options that were given, and no defaults that depend on the target.
  package let options: SessionOptions
  /// TARGET as typed, or what `--server` named in its place.
  package let target: String
  /// Words that this version does not know.
  let others: [String]

  package init(_ trace: Trace) {
    var arguments = trace.arguments.map(unescapedText)[...]
    if arguments.first?.split(separator: "/").last == "smtpprobe" { arguments.removeFirst() }
    // What runs one session when nothing else is named.
    if arguments.first == "probe", arguments.count > 1 { arguments.removeFirst() }
    let typed = Array(arguments)
    let words = OptionWords((try? SwaksWords.translated(typed)) ?? typed)
    var options = words.options
    if words.operands.isEmpty { options.server = nil }
    self.options = options
    target = words.operands.first ?? unescapedText(trace.target.given)
    others = words.operands.dropFirst() + words.unread
  }
}
