import ArgumentParser

/// The value of an option that a sweep can vary: `42..1100`, or what the option takes otherwise.
enum SweepValueArgument: ExpressibleByArgument, Equatable {
  case range(ClosedRange<Int>)
  /// The same in every session.
  case fixed(String)
  /// Dots, and no two numbers of which the first is not the greater.
  case noRange(String)

  init?(argument: String) {
    guard let dots = argument.firstRange(of: "..") else {
      self = .fixed(argument)
      return
    }
    guard let lower = Int(argument[..<dots.lowerBound]),
      let upper = Int(argument[dots.upperBound...]), lower >= 1, lower <= upper
    else {
      self = .noRange(argument)
      return
    }
    self = .range(lower...upper)
  }
}
