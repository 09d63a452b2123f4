import Reporting
import Testing

@Suite("Metrics as Prometheus reads them")
struct MetricsTextTests {
  @Test("A family has its help, its type and its samples together")
  func family() {
    var metrics = MetricsText()
    metrics.add(
      "smtpprobe_sessions_total", .counter, help: "Sessions by how they ended.",
      [.init(3, [("status", "ok")]), .init(1, [("status", "stalled"), ("stage", "mail")])])
    metrics.add(
      "smtpprobe_duration_seconds", .gauge, help: "How long it took.",
      [.init(microseconds: 31_200)])
    metrics.add("smtpprobe_nothing", .gauge, help: "Never seen.", [])
    #expect(
      metrics.text == """
        # HELP smtpprobe_sessions_total Sessions by how they ended.
        # TYPE smtpprobe_sessions_total counter
        smtpprobe_sessions_total{status="ok"} 3
        smtpprobe_sessions_total{status="stalled",stage="mail"} 1
        # HELP smtpprobe_duration_seconds How long it took.
        # TYPE smtpprobe_duration_seconds gauge
        smtpprobe_duration_seconds 0.031200

        """)
  }

  @Test(
    "A label's value stays inside its quotes, on its line",
    arguments: [
      ("a\"b", #"a\"b"#), (#"a\b"#, #"a\\b"#), ("a\nb 1", #"a\\nb 1"#), ("\u{1B}[0m", #"\\x1B[0m"#),
      ("##[group]", #"\\x23#[group]"#), ("\u{202E}", #"\\xE2\\x80\\xAE"#), ("}", "}"),
    ])
  func label(value: String, written: String) {
    var metrics = MetricsText()
    metrics.add("name", .gauge, help: "help", [.init(1, [("target", value)])])
    #expect(metrics.text.hasSuffix("\nname{target=\"\(written)\"} 1\n"))
    #expect(metrics.text.count { $0 == "\n" } == 3)
  }

  @Test(
    "Seconds keep every microsecond",
    arguments: [
      (0, "0.000000"), (1, "0.000001"), (30_000_000, "30.000000"), (-1, "-0.000001"),
      (Int64.max, "9223372036854.775807"),
    ] as [(Int64, String)])
  func seconds(microseconds: Int64, text: String) {
    #expect(MetricsText.Sample(microseconds: microseconds).value == text)
  }
}
