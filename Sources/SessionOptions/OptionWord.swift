package import SessionTrace

/// A value of an option: how one types it, and how a report records it.
package protocol OptionWord: Sendable, Equatable {
  /// Reads what was typed; the error says what would do instead.
  init(option text: String) throws(OptionWordError)
  /// As one would type it.
  var optionText: String { get }
  /// As the `options` object of a report has it.
  var recorded: OptionValue { get }
  /// All there are, where they can be listed.
  static var choices: [String] { get }
}

/// Why a word is no value of its option.
package struct OptionWordError: Error, Sendable, Equatable, CustomStringConvertible {
  /// `give 1 to 65535`: what would do.
  package let description: String

  package init(_ description: String) { self.description = description }
}

extension OptionWord {
  package var recorded: OptionValue { .text(optionText) }
  package static var choices: [String] { [] }
}

extension OptionWord where Self: RawRepresentable & CaseIterable, RawValue == String {
  package init(option text: String) throws(OptionWordError) {
    guard let value = Self(rawValue: text) else {
      let near = suggestion(for: text, among: Self.choices)
      throw OptionWordError("give one of \(Self.choices.joined(separator: ", "))\(near)")
    }
    self = value
  }

  package var optionText: String { rawValue }
  package static var choices: [String] { allCases.map(\.rawValue) }
}

extension String: OptionWord {
  package init(option text: String) { self = text }
  package var optionText: String { self }
}

extension Int: OptionWord {
  package init(option text: String) throws(OptionWordError) {
    guard let number = Int(text) else { throw OptionWordError("give a whole number") }
    self = number
  }

  package var optionText: String { String(self) }
  package var recorded: OptionValue { .number(self) }
}

extension Microseconds: OptionWord {
  /// `50ms`, `2s`, `1m`, `250us`; a bare number means seconds.
  package init(option text: String) throws(OptionWordError) {
    let digits = text.prefix { $0.isNumber || $0 == "." }
    let unit: Double? =
      switch text.dropFirst(digits.count) {
      case "us": 1
      case "ms": 1_000
      case "", "s": 1_000_000
      case "m", "min": 60_000_000
      default: nil
      }
    // Ten days are longer than any wait that makes sense, and far from overflow.
    guard let unit, let number = Double(digits), number >= 0, number * unit <= 864e9 else {
      throw OptionWordError("give a time such as 500ms, 30s or 2m, at most ten days")
    }
    self = Microseconds(number * unit)
  }

  package var optionText: String {
    if self % 1_000_000 == 0 { return "\(self / 1_000_000)s" }
    if self % 1_000 == 0 { return "\(self / 1_000)ms" }
    return "\(self)us"
  }
}

extension Timeouts.Reply: OptionWord {
  package init(option text: String) throws(OptionWordError) {
    if text == "rfc5321" {
      self = .rfc5321
      return
    }
    let time = try Microseconds(option: text)
    guard time > 0 else { throw OptionWordError("give more than nothing, or rfc5321") }
    self = .fixed(time)
  }

  package var optionText: String {
    switch self {
    case .fixed(let time): time.optionText
    case .rfc5321: "rfc5321"
    }
  }
}

extension Segmentation.Pacing: OptionWord {
  package init(option text: String) throws(OptionWordError) {
    self = text == "ack" ? .acknowledged : .delay(try Microseconds(option: text))
  }

  package var optionText: String {
    switch self {
    case .delay(let time): time.optionText
    case .acknowledged: "ack"
    }
  }
}

extension HostAndPort: OptionWord {
  package init(option text: String) throws(OptionWordError) {
    guard let value = HostAndPort(text) else {
      throw OptionWordError(
        "give ADDRESS or ADDRESS:PORT, an IPv6 address in brackets before a port")
    }
    self = value
  }

  package var optionText: String {
    guard let port else { return host }
    return host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
  }
}

extension Target: OptionWord {
  package init(option text: String) throws(OptionWordError) {
    guard let target = Target(text) else {
      throw OptionWordError(
        Target.problem(with: text, forms: "host, host:port, [v6]:port or unix:/path"))
    }
    self = target
  }

  package var optionText: String { given }
}

extension AddressFamily: OptionWord {}
extension ChunkingMode: OptionWord {}
extension FastOpen: OptionWord {}
extension MessageMend: OptionWord {}
extension PathMTUDiscovery: OptionWord {}
extension PipeliningMode: OptionWord {}
extension Segmentation.Scope: OptionWord {}
extension TLSMode: OptionWord {}
