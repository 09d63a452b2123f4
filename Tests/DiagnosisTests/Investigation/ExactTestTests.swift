import Diagnosis
import Testing

/// Fisher's exact test against tables worked out by hand.
@Suite("The exact test")
struct ExactTestTests {
  @Test(
    "gives the hypergeometric tail",
    arguments: [
      // (control passed, controls, variant passed, variants, one over the chance)
      (0, 2, 2, 2, 6.0), (0, 4, 4, 4, 70.0), (0, 6, 4, 4, 210.0), (0, 9, 3, 3, 220.0),
      (0, 3, 1, 1, 4.0),
    ])
  func tail(controlPassed: Int, controls: Int, variantPassed: Int, variants: Int, odds: Double) {
    let chance = chanceOfDifference(
      controlPassed: controlPassed, of: controls, variantPassed: variantPassed, of: variants)
    #expect(abs(chance * odds - 1) < 1e-9)
  }

  @Test("sees no difference where there is none, or nothing to compare")
  func nothing() {
    #expect(chanceOfDifference(controlPassed: 0, of: 5, variantPassed: 0, of: 5) == 1)
    #expect(chanceOfDifference(controlPassed: 0, of: 0, variantPassed: 3, of: 3) == 1)
    #expect(chanceOfDifference(controlPassed: 5, of: 5, variantPassed: 5, of: 5) == 1)
    // 1 of 4 against 3 of 4: (16 + 1) / 70.
    let chance = chanceOfDifference(controlPassed: 1, of: 4, variantPassed: 3, of: 4)
    #expect(abs(chance - 17.0 / 70) < 1e-9)
  }
}
