import SessionOptions
import SessionTrace

/// The envelope: what stands in it, and how it is sent.
extension Variation {
  /// One command at a time.
  package static let pipeliningOff = Variation(
    name: "pipelining", value: "off", phrase: "with one command at a time (--pipelining off)",
    remedy: .pipeliningAdvertisedBroken,
    apply: { options, control in
      options.keepEnvelope(of: control)
      options.pipelining = .off
    })

  /// An envelope of exactly so many bytes, with as many commands as the control's.
  package static func envelopeSize(_ size: Int) -> Variation {
    Variation(
      name: envelope, value: String(size),
      phrase: "with an envelope of \(size) bytes and as many commands", envelopeSize: size,
      controlValue: \.envelopeInWords,
      obstacle: { trace, control in
        guard let envelope = trace.envelope, let other = control.trace.envelope else { return nil }
        if envelope.size != size { return "the envelope came out at \(envelope.size) bytes" }
        if envelope.recipientCommands != other.recipientCommands {
          return "the envelope came out with \(envelope.recipientCommands) recipients"
        }
        return nil
      },
      apply: { options, control in options.resizeEnvelope(to: size, of: control) })
  }

  /// An envelope of so many bytes with as many commands as that takes, cut as the control's is.
  package static func measuredEnvelope(_ size: Int) -> Variation {
    Variation(
      name: envelope, value: String(size), phrase: "with an envelope of \(size) bytes",
      envelopeSize: size, controlValue: \.envelopeInWords,
      obstacle: { trace, _ in
        guard let envelope = trace.envelope, envelope.size != size else { return nil }
        return "the envelope came out at \(envelope.size) bytes"
      },
      apply: { options, control in options.resizeEnvelope(to: size, of: control) })
  }

  /// An envelope of so many bytes, not cut, with as many commands as that takes.
  package static func largerEnvelope(_ size: Int) -> Variation {
    Variation(
      name: envelope, value: String(size),
      phrase: "with an envelope of \(size) bytes in one segment",
      controlValue: \.envelopeInWords,
      apply: { options, control in
        options.cut(nil, beside: control)
        options.envelopeSize = size
      })
  }

  /// The smallest envelope: one recipient, no padding, pipelined as before.
  package static let bareEnvelope = Variation(
    name: envelope, value: "smallest", phrase: "with the smallest pipelined envelope",
    controlValue: \.envelopeInWords,
    apply: { options, control in
      options.cut(nil, beside: control)
      options.envelopeSize = nil
      let given =
        options.toFile == nil ? options.to : control.trace.recipientsInForce.map(unescapedText)
      options.to = Array(given.prefix(1))
    })

  /// So many RCPT commands.
  package static func recipients(_ number: Int) -> Variation {
    var variation = recipients(String(number), "with \(count(number, "RCPT command"))") { all in
      (0..<number).map { all[$0 % all.count] }
    }
    variation.recipientCount = number
    return variation
  }

  /// The recipient of the RCPT command in that place, from 1, and no other.
  package static func recipientAlone(_ place: Int) -> Variation {
    recipients("number \(place) alone", "with recipient number \(place) alone") { all in
      [all[(place - 1) % all.count]]
    }
  }

  /// The keyword of EHLO is passed over, as if it were not offered.
  package static func ignoredKeyword(_ keyword: String) -> Variation {
    Variation(
      name: "ignore_keyword", value: keyword,
      phrase: "without use of \(keyword) (--ignore-keyword \(keyword))",
      remedy: .commandSyntaxOrOptionChoke, controlValue: { _ in "none" },
      apply: { options, _ in options.ignoreKeyword.append(keyword) })
  }

  /// Without the parameters of MAIL and RCPT that were asked for.
  package static let withoutParameters = Variation(
    name: "parameters", value: "none",
    phrase: "without the parameters asked for (--mail-param, --rcpt-param)",
    remedy: .commandSyntaxOrOptionChoke,
    controlValue: { control in
      ["mail_param", "rcpt_param"].compactMap { control.trace.options[$0] }
        .filter { $0 != .none }.map(\.text).joined(separator: " ")
    },
    apply: { options, _ in
      options.mailParam = []
      options.rcptParam = []
    })

  /// EHLO of so many bytes in one segment.
  package static func ehloSize(_ size: Int) -> Variation {
    Variation(
      name: "ehlo_size", value: String(size), phrase: "with EHLO of \(size) bytes in one segment",
      controlValue: \.greetingInWords,
      apply: { options, control in
        options.cut(nil, beside: control)
        options.ehlo = String(repeating: "x", count: max(1, size - "EHLO \r\n".utf8.count))
      })
  }

  /// EHLO does not wait for the greeting.
  package static let pregreet = Variation(
    name: "pregreet", value: "on", phrase: "speaking first (--pregreet)",
    controlValue: { _ in "off" },
    apply: { options, _ in options.pregreet = true })

  /// EHLO waits for the greeting.
  package static let noPregreet = Variation(
    name: "pregreet", value: "off", phrase: "waiting for the greeting",
    remedy: .greetPausePregreet,
    apply: { options, _ in options.waitForGreeting() })

  private static let envelope = "envelope_size"

  /// Those that `choose` takes of the recipients in force, and no padding.
  private static func recipients(
    _ value: String, _ phrase: String, choose: @escaping @Sendable ([String]) -> [String]
  ) -> Variation {
    Variation(
      name: "recipients", value: value, phrase: phrase, remedy: .rcptLimit,
      controlValue: { String($0.trace.envelope?.recipientCommands ?? 0) },
      apply: { options, control in
        options.to = choose(control.trace.recipientsInForce.map(unescapedText))
        options.envelopeSize = nil
        options.pad = false
      })
  }
}

extension SessionOptions {
  /// A plan of one piece goes along; any other stays, or two things would differ.
  fileprivate mutating func resizeEnvelope(to size: Int, of control: Control) {
    if split == control.trace.envelope.map({ .sizes([.bytes($0.size)]) }) {
      split = .sizes([.bytes(size)])
    }
    envelopeSize = size
  }

  /// Padding to the first piece of a plan stays when the plan goes.
  mutating func keepEnvelope(of control: Control) {
    pad = false
    guard let envelope = control.trace.envelope, envelope.padding > 0 else { return }
    envelopeSize = envelope.size
  }
}

extension Control {
  fileprivate var envelopeInWords: String { trace.envelope.map { String($0.size) } ?? "none" }

  fileprivate var greetingInWords: String {
    trace.commands.first { $0.stage == .ehlo }.map { String($0.end - $0.start) } ?? "none"
  }
}
