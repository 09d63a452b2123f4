import SessionOptions
import SessionTrace

/// Who writes to whom, and what we call ourselves.
extension Variation {
  /// To that recipient and no other.
  static func recipient(_ address: String) -> Variation {
    Variation(
      name: "to", value: address, phrase: "to \(address) alone",
      apply: { options, control in
        options.to = [unescapedText(address)]
        options.keepEnvelope(of: control)
      })
  }

  /// From that sender; empty for the null sender.
  static func sender(_ address: String) -> Variation {
    Variation(
      name: "from", value: "<\(address)>", phrase: "from <\(address)>",
      controlValue: { "<\($0.trace.senderInForce)>" },
      apply: { options, control in
        options.from = "<\(unescapedText(address))>"
        options.keepEnvelope(of: control)
      })
  }

  /// With that name in EHLO.
  static func ehloName(_ name: String) -> Variation {
    Variation(
      name: "ehlo", value: name, phrase: "calling ourselves \(name)",
      apply: { options, _ in options.ehlo = unescapedText(name) })
  }

  /// By LHLO, as a delivery agent is talked to.
  static let lmtp = Variation(
    name: "lmtp", value: "on", phrase: "in LMTP (--lmtp)", controlValue: { _ in "off" },
    apply: { options, _ in options.lmtp = true })

  /// By EHLO, as a mail server is talked to.
  static let smtp = Variation(
    name: "lmtp", value: "off", phrase: "in SMTP (without --lmtp)", controlValue: { _ in "on" },
    apply: { options, _ in options.lmtp = false })

  /// Greeted as before there were extensions, none of which is then offered.
  package static let heloFirst = Variation(
    name: "helo_first", value: "on", phrase: "beginning with HELO (--helo-first)",
    remedy: .esmtpCapabilityMask, controlValue: { _ in "off" },
    apply: { (options, control) throws(Obstacle) in
      if options.lmtp { throw Obstacle("LMTP has no HELO") }
      let isVerified = options.tlsVerify || !options.tlsFingerprint.isEmpty
      if options.tls == .require || options.tls == .auto && isVerified
        || control.trace.isBoundToTLS
      {
        throw Obstacle("behind HELO there is no STARTTLS")
      }
      options.heloFirst = true
    })
}

extension Control {
  /// The postmaster of the same domain, whom every server takes mail for (RFC 5321 section 4.5.1); `nil` where
  /// he was asked for already.
  var otherRecipient: Variation? {
    guard let given = trace.recipientsInForce.first else { return nil }
    let domain = given.split(separator: "@").dropFirst().last.map { "@\($0)" } ?? ""
    let postmaster = "postmaster\(domain)"
    return given.lowercased() == postmaster.lowercased() ? nil : .recipient(postmaster)
  }

  /// The null sender, or where it was that one of an address of ours.
  var otherSender: Variation {
    .sender(
      trace.senderInForce.isEmpty ? "postmaster@\(trace.optionText("ehlo") ?? "localhost")" : "")
  }

  /// Our address in brackets, which needs no name server (RFC 5321 section 4.1.3); `nil` where it was said.
  var otherName: Variation? {
    guard let address = trace.target.localAddress else { return nil }
    let literal = address.contains(":") ? "[IPv6:\(address)]" : "[\(address)]"
    return trace.optionText("ehlo") == literal ? nil : .ehloName(literal)
  }
}
