import Diagnosis
import SessionTrace

/// What `-v` adds: the kernel's facts after each stage, and the bytes where the session stopped.
extension SessionReport {
  var closeUp: [Block] {
    let blocks = kernelStages + ourBytes + theirBytes
    return blocks.isEmpty ? [] : [.only(.closeUp, blocks)]
  }

  private var kernelStages: [Block] {
    guard !trace.snapshots.isEmpty, !trace.target.isUnixSocket else { return [] }
    let titles = [
      "stage", "at", "rtt", "rto", "acked", "flight", "unsent", "window", "cwnd", "again",
    ]
    let rows = trace.snapshots.map { snapshot in
      let facts = snapshot.facts
      let numbers = [
        facts.acknowledged, facts.unackedSegments, facts.unsent, facts.peerWindow,
        facts.congestionWindow, facts.totalRetransmits,
      ]
      return Table.Row(
        cells: [
          snapshot.stage.rawValue, secondsText(snapshot.at),
          milliseconds(facts.roundTrip), milliseconds(facts.retransmissionTimeout),
        ] + numbers.map { $0.map(String.init) ?? "-" })
    }
    return [
      .heading(
        .part, "TCP by stage",
        remark: "rtt, rto: ms; acked, unsent, window: bytes; others: segments"),
      .table(Table(columns: titles.map { Table.Column(title: $0) }, rows: rows)),
    ]
  }

  private func milliseconds(_ time: Microseconds?) -> String {
    time.map { "\($0 / 1_000).\($0 % 1_000 / 100)" } ?? "-"
  }

  /// Bytes on both sides of where they stopped, so far as any report may have them.
  private var ourBytes: [Block] {
    let ledger = verdict.ledger
    guard verdict.status != .ok, ledger.written > 0 else { return [] }
    // On a UNIX socket nothing is sent or acknowledged.
    let onTheWay = [("acknowledged", ledger.acknowledged), ("sent", ledger.sent)]
    let counts: [(name: String, count: Int)] =
      [("answered", ledger.answered)] + (trace.target.isUnixSocket ? [] : onTheWay)
      + [("written", ledger.written)]
    let marks = Set(counts.map(\.count)).sorted().map { place in
      let names = counts.filter { $0.count == place }.map(\.name).joined(separator: ", ")
      return (at: place, words: "\(names) up to here, \(place)")
    }
    let stream = KnownStream(trace)
    var dump = HexDump()
    var end = 0
    for window in windows(around: marks.map(\.at), within: ledger.written) {
      if window.lowerBound > end {
        dump.add("\(count(window.lowerBound - end, "byte")) left out")
      }
      add(window, of: stream, marks, to: &dump)
      end = window.upperBound
    }
    return [
      .entry(
        Entry(title: "Our bytes where it stopped", tone: .heading, lines: dump.lines, isDump: true))
    ]
  }

  /// Some lines before and behind each place.
  private func windows(around places: [Int], within length: Int) -> [Range<Int>] {
    let reach = 64
    var windows: [Range<Int>] = []
    for place in Set(places).sorted() {
      let window = max(0, place - reach) / 16 * 16..<max(0, min(length, place + reach))
      if window.isEmpty { continue }
      if let last = windows.last, last.upperBound >= window.lowerBound {
        windows[windows.count - 1] = last.lowerBound..<max(last.upperBound, window.upperBound)
      } else {
        windows.append(window)
      }
    }
    return windows
  }

  /// Of what no report has, the number.
  private func add(
    _ window: Range<Int>, of stream: KnownStream, _ marks: [(at: Int, words: String)],
    to dump: inout HexDump
  ) {
    var offset = window.lowerBound
    while offset < window.upperBound {
      let known = stream.bytes(from: offset, count: window.upperBound - offset)
      if !known.isEmpty {
        dump.add(known, from: offset, marks: marks)
        offset += known.count
        continue
      }
      let next = stream.next(after: offset).map { min($0, window.upperBound) } ?? window.upperBound
      let stop = marks.map(\.at).filter { offset < $0 && $0 < next }.min() ?? next
      dump.add("\(count(stop - offset, "byte")) of a message, a secret or TLS, which no report has")
      for mark in marks where mark.at == stop { dump.add(mark.words) }
      offset = stop
    }
  }

  /// The last that came: the reply that did not end, or the last that did.
  private var theirBytes: [Block] {
    let most = 128
    guard verdict.status != .ok else { return [] }
    let text: String
    let title: String
    if let partial = trace.partialReply {
      if partial.ciphertext != nil { return [] }
      text = partial.bytes
      title = "Their bytes of a reply that did not end"
    } else if let reply = trace.replies.last {
      text = reply.linesAsSent.joined(separator: "\\r\\n") + "\\r\\n"
      title = "Their last reply, \(reply.stage.rawValue)"
    } else {
      return []
    }
    let bytes = Array(unescapedText(text).utf8)
    var dump = HexDump()
    if bytes.count > most { dump.add("\(bytes.count - most) bytes before this") }
    dump.add(Array(bytes.suffix(most)), from: 0)
    return [.entry(Entry(title: title, tone: .heading, lines: dump.lines, isDump: true))]
  }
}
