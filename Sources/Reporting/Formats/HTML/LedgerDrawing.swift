import Diagnosis
import SessionTrace

/// Our bytes as a bar: how far they were answered, acknowledged, sent and written, and where it stopped.
struct LedgerDrawing: Drawing {
  let ledger: Ledger

  init(_ ledger: Ledger) { self.ledger = ledger }

  var caption: String {
    "Bytes of our stream: \(ledger.inWords). Under TLS they are ciphertext."
  }

  private let width = 360

  private func x(_ offset: Int) -> Int {
    4 + Int(Double(offset) / Double(max(1, ledger.written)) * Double(width - 8))
  }

  var figure: String? {
    guard ledger.written > 0, ledger.isInOrder else { return nil }
    let parts = [
      (0, ledger.answered, "fin", "answered"),
      (ledger.answered, ledger.acknowledged, "fwarn", "acknowledged, not answered"),
      (ledger.acknowledged, ledger.sent, "flost", "sent, not acknowledged"),
      (ledger.sent, ledger.written, "fquiet", "not sent"),
    ].filter { $0.1 > $0.0 }
    var content = svgBox(4, 26, width - 8, 22, "soft")
    for (from, to, style, _) in parts {
      content += svgBox(x(from), 26, max(2, x(to) - x(from)), 22, style)
    }
    if ledger.answered < ledger.written {
      let stop = x(ledger.answered)
      content += svgLine(stop, 18, stop, 56, "lost")
      let words = "answered up to byte \(ledger.answered)"
      content +=
        stop < width / 2
        ? svgText(max(2, stop - 2), 13, "s b tbad", words)
        : svgText(min(width - 2, stop + 2), 13, "s b e tbad", words)
    }
    content += svgText(4, 64, "s q", "0") + svgText(width - 4, 64, "s q e", "\(ledger.written)")
    var y = 80
    for (from, to, style, name) in parts {
      content += svgBox(4, y - 9, 10, 10, style)
      content += svgText(20, y, "s", "\(to - from) \(name)")
      y += 16
    }
    return svg(width: width, height: y - 6, label: ledger.inWords, content)
  }
}
