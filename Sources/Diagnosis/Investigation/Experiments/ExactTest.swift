/// Fisher's exact test, one-sided: the chance that a variant passes at least as often as it did, if it
/// passes no more often than the control.
///
/// The hypergeometric tail over tables with the same margins. All arguments are counts of sessions.
package func chanceOfDifference(
  controlPassed: Int, of controls: Int, variantPassed: Int, of variants: Int
) -> Double {
  let all = controls + variants
  let passed = controlPassed + variantPassed
  guard controls > 0, variants > 0, passed > 0 else { return 1 }
  var chance = 0.0
  for here in variantPassed...min(variants, passed) where passed - here <= controls {
    chance +=
      ways(of: here, among: variants) * ways(of: passed - here, among: controls)
      / ways(of: passed, among: all)
  }
  return min(1, chance)
}

/// The number of ways to choose, exact up to where a `Double` is.
private func ways(of chosen: Int, among all: Int) -> Double {
  guard chosen >= 0, chosen <= all else { return 0 }
  return (0..<min(chosen, all - chosen)).reduce(1) { product, place in
    product * Double(all - place) / Double(place + 1)
  }
}
