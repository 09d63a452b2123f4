package import SessionTrace

/// Text of a trace in printable ASCII, whoever wrote the trace.
///
/// A probe escapes what the peer sends, but a saved report may come from anywhere: at every boundary
/// to a reader text passes here once more. What is escaped already stays as it is.
package func printable(_ text: String) -> String {
  text.utf8.allSatisfy { (0x20...0x7E).contains($0) } ? text : escapedText(text.utf8)
}

/// A quotation in printable ASCII, cut to what a sentence can carry.
package func short(_ text: String) -> String {
  let text = printable(text)
  return text.count > 40 ? text.prefix(40) + "..." : text
}

/// `1 reply`, `2 replies`.
package func count(_ number: Int, _ singular: String, _ plural: String? = nil) -> String {
  "\(number) \(number == 1 ? singular : plural ?? singular + "s")"
}

/// `31.2 ms`, `30.000 s`: three or four digits that matter, rounded down.
package func durationText(_ duration: Microseconds) -> String {
  if duration >= .seconds(1) { return secondsText(duration) + " s" }
  return "\(duration / 1000).\(abs(duration % 1000) / 100) ms"
}

/// `30.095`: seconds to the millisecond, rounded down.
package func secondsText(_ moment: Microseconds) -> String {
  let thousandths = String(abs(moment / 1000 % 1000))
  return "\(moment / 1_000_000)."
    + String(repeating: "0", count: max(0, 3 - thousandths.count)) + thousandths
}
