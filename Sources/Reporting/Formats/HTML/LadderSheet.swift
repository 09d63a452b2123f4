import Diagnosis
import SessionTrace

extension LadderDrawing {
  /// Arrows between the two lines of a ladder, and labels beside them that keep out of each other's way.
  struct Sheet {
    let scale: LadderScale
    let left: Int
    let right: Int
    let oneWay: Microseconds
    var content = ""
    private var lastLeft = 30
    private var lastRight = 30

    init(scale: LadderScale, left: Int, right: Int, oneWay: Microseconds) {
      self.scale = scale
      self.left = left
      self.right = right
      self.oneWay = oneWay
    }

    var lowestLabel: Int { max(lastLeft, lastRight) }

    /// Ours goes there, and its acknowledgement comes back.
    mutating func there(
      _ at: Microseconds, _ acknowledged: Microseconds, _ line: String, _ head: String,
      label: String, _ text: String
    ) {
      let middle = scale.y(at &+ (acknowledged &- at) / 2)
      arrow(left, scale.y(at), right, middle, line, head)
      arrow(right, middle, left, scale.y(acknowledged), "ack", "fack")
      leftLabel(at, label, text)
    }

    /// Ours goes, and nobody says that it arrived.
    mutating func lost(_ at: Microseconds, label: String) {
      let y = scale.y(at)
      let end = left + (right - left) * 2 / 3
      content += "<path d=\"M\(left) \(y)L\(end) \(y + 5)\" class=\"lost\"/>\n"
      cross(end + 5, y + 5)
      leftLabel(at, label, "tbad")
    }

    /// Theirs comes; when it left is not known.
    mutating func back(
      _ at: Microseconds, _ line: String, _ head: String, label: String, _ text: String
    ) {
      let start = scale.y(max(0, at &- oneWay))
      arrow(right, min(start, scale.y(at)), left, scale.y(at), line, head)
      let y = max(start + 4, lastRight + 13)
      if y > start + 8 { lead(right, start, right + 8, y - 4) }
      content += label2(right + 10, y, "s \(text)", label)
      lastRight = y
    }

    /// How it ended; what that takes of height below.
    mutating func end(_ ending: Ladder.End, at moment: Microseconds) -> Int {
      let y = scale.y(moment)
      switch ending {
      case .open: return 0
      case .byUs:
        arrow(left, y + 4, right, y + 12, "ack", "fack")
        leftLabel(moment, "we close", "q")
      case .closed:
        arrow(right, y, left, y + 8, "lost", "flost")
        content += label2(right + 10, max(y + 4, lastRight + 13), "s b tbad", "FIN")
      case .reset:
        arrow(right, y, left, y + 8, "lost", "flost")
        cross(left + 10, y + 8)
        content += label2(right + 10, max(y + 4, lastRight + 13), "s b tbad", "RST")
      }
      return 14
    }

    private mutating func leftLabel(_ at: Microseconds, _ label: String, _ text: String) {
      let place = scale.y(at)
      let y = max(place + 4, lastLeft + 13)
      if y > place + 8 { lead(left, place, left - 8, y - 4) }
      content += label2(2, y, "s q", secondsText(at))
      content += label2(left - 10, y, "s e \(text)", cut(label, 15))
      lastLeft = y
    }

    private func label2(_ x: Int, _ y: Int, _ classes: String, _ text: String) -> String {
      "<text x=\"\(x)\" y=\"\(y)\" class=\"\(classes)\">\(htmlText(text))</text>\n"
    }

    private mutating func lead(_ x1: Int, _ y1: Int, _ x2: Int, _ y2: Int) {
      content += "<path d=\"M\(x1) \(y1)L\(x2) \(y2)\" class=\"lead\"/>\n"
    }

    private mutating func arrow(
      _ x1: Int, _ y1: Int, _ x2: Int, _ y2: Int, _ line: String, _ head: String
    ) {
      let back = x2 > x1 ? -7 : 7
      content +=
        "<path d=\"M\(x1) \(y1)L\(x2) \(y2)\" class=\"\(line)\"/>\n"
        + "<path d=\"M\(x2) \(y2)l\(back) -3.5v7z\" class=\"\(head)\"/>\n"
    }

    private mutating func cross(_ x: Int, _ y: Int) {
      content +=
        "<path d=\"M\(x - 4) \(y - 4)l8 8M\(x - 4) \(y + 4)l8 -8\" class=\"lost\"/>\n"
    }
  }
}
