import ArgumentParser
import SessionTrace

/// A time as typed: `50ms`, `2s`, `1m`, `250us`; a bare number means seconds.
struct TimeArgument: ExpressibleByArgument, Equatable {
  var microseconds: Microseconds

  init(microseconds: Microseconds) { self.microseconds = microseconds }

  init?(argument: String) {
    let digits = argument.prefix { $0.isNumber || $0 == "." }
    guard let number = Double(digits), number >= 0, number.isFinite else { return nil }
    let unit: Double
    switch argument.dropFirst(digits.count) {
    case "us": unit = 1
    case "ms": unit = 1_000
    case "", "s": unit = 1_000_000
    case "m", "min": unit = 60_000_000
    default: return nil
    }
    // Ten days are longer than any wait that makes sense, and far from overflow.
    guard number * unit <= 864e9 else { return nil }
    microseconds = Microseconds(number * unit)
  }

  var defaultValueDescription: String { description }

  /// As it would be typed.
  var description: String {
    if microseconds % 1_000_000 == 0 { return "\(microseconds / 1_000_000)s" }
    if microseconds % 1_000 == 0 { return "\(microseconds / 1_000)ms" }
    return "\(microseconds)us"
  }
}

/// The value of `--timeout`: one bound for every reply, or those of the RFC.
enum TimeoutArgument: ExpressibleByArgument, Equatable {
  case fixed(TimeArgument)
  case rfc5321

  init?(argument: String) {
    if argument == "rfc5321" {
      self = .rfc5321
    } else if let time = TimeArgument(argument: argument), time.microseconds > 0 {
      self = .fixed(time)
    } else {
      return nil
    }
  }

  var description: String {
    switch self {
    case .fixed(let time): time.description
    case .rfc5321: "rfc5321"
    }
  }

  var defaultValueDescription: String { description }
}

/// The value of `--split-delay`: a time, or until the piece before is acknowledged.
enum PaceArgument: ExpressibleByArgument, Equatable {
  case delay(TimeArgument)
  case acknowledged

  init?(argument: String) {
    if argument == "ack" {
      self = .acknowledged
    } else if let time = TimeArgument(argument: argument) {
      self = .delay(time)
    } else {
      return nil
    }
  }

  var description: String {
    switch self {
    case .delay(let time): time.description
    case .acknowledged: "ack"
    }
  }
}
