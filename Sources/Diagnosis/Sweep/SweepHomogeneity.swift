/// How much speaks against the view that a failure does not depend on the value at all.
///
/// If it does not, every session fails with one probability, whatever that is, and a value's further
/// tries do not care how its first one went. The wager: those further tries follow the first. It is
/// paid at the odds of the one probability that explains the further tries best, so that for a server
/// which fails by chance alone it wins a hundredfold in one sweep of a hundred at most, however
/// the values were chosen and whenever the sweep stops.
///
/// Source: Ville's inequality for a ratio of likelihoods; the estimator that bets is that of Krichevsky and
/// Trofimov (1981).
struct SweepHomogeneity {
  /// Further tries by how the first one of their value went, and how many of them failed.
  private var afterFailure = Tries()
  private var afterPass = Tries()

  /// From judged rows.
  init(_ rows: [SweepRow]) {
    for row in rows where row.tries > 1 {
      let further = Tries(
        failed: row.failed - (row.beganWithFailure ? 1 : 0),
        passed: row.tries - row.failed - (row.beganWithFailure ? 0 : 1))
      if row.beganWithFailure { afterFailure += further } else { afterPass += further }
    }
  }

  /// Whether the wager has won a hundredfold: the value makes a difference.
  var isRefuted: Bool {
    let all = afterFailure + afterPass
    guard all.failed > 0, all.passed > 0 else { return false }
    let rate = Double(all.failed) / Double(all.failed + all.passed)
    var winnings = Product()
    for tries in [afterFailure, afterPass] {
      for number in 0..<tries.failed {
        winnings *= (Double(number) + 0.5) / Double(number + 1) / rate
      }
      for number in 0..<tries.passed {
        winnings *=
          (Double(number) + 0.5) / Double(tries.failed + number + 1) / (1 - rate)
      }
    }
    return winnings.value >= 100
  }

  private struct Tries {
    var failed = 0
    var passed = 0

    static func + (left: Tries, right: Tries) -> Tries {
      Tries(failed: left.failed + right.failed, passed: left.passed + right.passed)
    }

    static func += (left: inout Tries, right: Tries) { left = left + right }
  }

  /// A product of thousands of factors, which a number alone would not hold half-way.
  private struct Product {
    private var significand = 1.0
    private var exponent = 0

    static func *= (product: inout Product, factor: Double) {
      let next = product.significand * factor
      product.significand = next.significand
      product.exponent += Int(next.exponent)
    }

    var value: Double { Double(sign: .plus, exponent: exponent, significand: significand) }
  }
}
