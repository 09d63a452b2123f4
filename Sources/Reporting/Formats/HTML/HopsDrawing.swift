import Diagnosis
import SessionTrace

/// The way to the server, hop by hop, and from which of them acknowledgements come.
struct HopsDrawing: Drawing {
  let way: Way

  init(_ way: Way) { self.way = way }

  var caption: String {
    "Hops by time to live: who answered datagrams, and how near the one is that acknowledges TCP."
  }

  var figure: String? {
    let known = Dictionary(way.hops.map { ($0.ttl, $0.address) }) { first, _ in first }
    let last = max(way.distance ?? 0, way.acknowledgedWithin ?? 0, known.keys.max() ?? 0)
    guard (1...64).contains(last) else { return nil }
    var content = svgBox(8, 6, 12, 12, "fout") + svgText(30, 16, "s b", "this host")
    for ttl in 1...last {
      let y = 16 + 22 * ttl
      let isServer = ttl == way.distance
      let acknowledges = ttl == way.acknowledgedWithin
      content += svgLine(14, y - 18, 14, y - 10, "life")
      content += svgBox(
        8, y - 10, 12, 12, acknowledges && !isServer ? "flost" : isServer ? "fin" : "fquiet")
      content += svgText(30, y, "s q", "\(ttl)")
      content += svgText(50, y, "s", cut(known[ttl] ?? (isServer ? way.server : "no answer"), 28))
      let remark = [isServer ? "the server" : nil, acknowledges ? "acknowledges" : nil]
        .compactMap(\.self).joined(separator: ", ")
      content += svgText(356, y, "s e \(acknowledges && !isServer ? "b tbad" : "q")", remark)
    }
    return svg(width: 360, height: 26 + 22 * last, label: "The way to the server", content)
  }
}
