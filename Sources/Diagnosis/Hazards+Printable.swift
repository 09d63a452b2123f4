import SessionTrace

/// Text of a trace in printable ASCII, whoever wrote the trace.
///
/// A probe escapes what the peer sends, but a saved report may come from anywhere: at every boundary
/// to a reader text passes here once more. What is escaped already stays as it is.
package func printable(_ text: String) -> String {
  text.utf8.allSatisfy { (0x20...0x7E).contains($0) } ? text : escapedText(text.utf8)
}
