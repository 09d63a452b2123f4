import Reporting
import SessionTrace
import Testing

@Suite("A session as trace events")
struct TraceEventsTests {
  private func events(_ sample: Sample) throws -> [JSONValue] {
    let bytes = ReportFormat.trace.render(sample.report, style: .plain)
    guard case .list(let events)? = try JSONValue(bytes[...])["traceEvents"] else {
      Issue.record("no list of events")
      return []
    }
    return events
  }

  @Test("has only the kinds that every reader knows, with what each needs", arguments: Sample.all)
  func kinds(sample: Sample) throws {
    for event in try events(sample) {
      let phase = try #require(event["ph"]?.text)
      #expect(["M", "X", "b", "e", "i", "C"].contains(phase))
      #expect(event["name"]?.text != nil && event["pid"]?.integer == 1)
      #expect(event["tid"]?.integer != nil)
      if phase != "M" { #expect((event["ts"]?.integer ?? -1) >= 0) }
      if phase == "X" { #expect((event["dur"]?.integer ?? -1) >= 0) }
      if phase == "b" || phase == "e" { #expect(event["id"] != nil && event["cat"] != nil) }
    }
  }

  @Test("has no spans that cross on one track, and ends each that may", arguments: Sample.all)
  func nesting(sample: Sample) throws {
    var ends: [Int: Int] = [:]
    var open: Set<String> = []
    for event in try events(sample) {
      let id = event["id"]?.text ?? ""
      switch event["ph"]?.text {
      case "X":
        let (start, track) = (event["ts"]?.integer ?? 0, event["tid"]?.integer ?? 0)
        #expect(start >= ends[track] ?? 0)
        ends[track] = start + (event["dur"]?.integer ?? 0)
      case "b": #expect(open.insert(id).inserted)
      case "e": #expect(open.remove(id) != nil)
      default: break
      }
    }
    #expect(open.isEmpty)
  }

  @Test("counts what is sent and not acknowledged")
  func counters() throws {
    let counts = try events(.stalledAfter513).filter { $0["ph"]?.text == "C" }.compactMap {
      $0["args"]?["unacknowledged"]?.integer
    }
    #expect(counts == [0, 24, 0, 0, 513, 0])
  }
}
