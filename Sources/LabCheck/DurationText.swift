import SessionTrace

/// `1.04 s`.
func secondsText(_ duration: Microseconds) -> String {
  let hundredths = (duration + 5_000) / 10_000
  let fraction = hundredths % 100
  return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction) s"
}
