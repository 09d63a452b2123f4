package import SessionOptions

/// What a balancer in front would say of the connection.
extension Variation {
  /// With a header of the PROXY protocol before all else, of this connection's own addresses.
  package static func proxy(_ version: ProxyHeader.Version) -> Variation {
    Variation(
      name: "proxy", value: version.rawValue,
      phrase: "behind a PROXY header (--proxy \(version.rawValue))",
      controlValue: { _ in "none" },
      apply: { options, _ in options.proxy = ProxyHeader(version) })
  }

  /// Without the header that the user asked for.
  package static let noProxy = Variation(
    name: "proxy", value: "none", phrase: "without a PROXY header",
    remedy: .proxyHeaderUnwanted, apply: { options, _ in options.proxy = nil })
}

extension Variation {
  /// Our direction stays open until the end.
  package static let noHalfClose = Variation(
    name: "half_close", value: "off", phrase: "without FIN behind QUIT (--half-close left out)",
    remedy: .finWithQuit, apply: { options, _ in options.halfClose = false })

  /// QUIT waits for the reply to the message.
  package static let noEarlyQuit = Variation(
    name: earlyQuitName, value: "off",
    phrase: "with QUIT behind the last reply (--early-quit left out)",
    remedy: .dotQuitPipelining, apply: { options, _ in options.earlyQuit = false })

  /// QUIT leaves with the end of the message.
  package static let earlyQuit = Variation(
    name: earlyQuitName, value: "on", phrase: "with QUIT in one write with the dot (--early-quit)",
    apply: { options, _ in options.earlyQuit = true })

  /// And FIN behind it.
  package static let earlyFIN = Variation(
    name: earlyQuitName, value: "on, with FIN",
    phrase: "with QUIT and FIN in one write with the dot (--early-quit --half-close)",
    apply: { options, _ in (options.earlyQuit, options.halfClose) = (true, true) })

  private static let earlyQuitName = "early_quit"
}
