package import Diagnosis

/// A verdict in a line: `STALLED at mail` in our own words alone, and what is known.
package struct Answer: Sendable, Equatable {
  package var title: String
  package var text: String
  package var tone: Tone
}

/// One of two sessions, and how it came out.
package struct ComparedSession: Sendable, Equatable {
  /// `A`.
  package var label: String
  package var name: String
  package var answer: Answer
}

/// Words that are broken between lines.
package struct Paragraph: Sendable, Equatable {
  package var text: String
  package var tone = Tone.plain
  /// Whether it stands at the left edge.
  package var isLead = false
}

/// A point of a list, and what belongs to it.
package struct ListItem: Sendable, Equatable {
  package var text: String
  package var tone = Tone.plain
  package var body: [Block] = []
}

/// A label and what it stands for.
package struct Field: Sendable, Equatable {
  package var label: String
  package var value: String
  package var tone = Tone.plain
}

/// Lines under a title.
package struct Entry: Sendable, Equatable {
  package var title: String
  package var tone: Tone
  package var lines: [String]
  /// Whether the lines are columns, and stay as they are.
  package var isDump: Bool
  /// What plays it again.
  package var command: ShellCommand?

  /// Lines under that title, or the title alone.
  package init(
    title: String, tone: Tone = .plain, lines: [String] = [], isDump: Bool = false,
    command: ShellCommand? = nil
  ) {
    self.title = title
    self.tone = tone
    self.lines = lines
    self.isDump = isDump
    self.command = command
  }
}

extension Block {
  static func paragraph(_ text: String, tone: Tone = .plain, isLead: Bool = false) -> Block {
    .paragraph(Paragraph(text: text, tone: tone, isLead: isLead))
  }

  static func field(_ label: String, _ value: String, tone: Tone = .plain) -> Block {
    .fields([Field(label: label, value: value, tone: tone)])
  }

  /// A section of points; nothing where there are none.
  static func list(
    _ level: Heading.Level, _ title: Wording, _ points: [String], tone: Tone = .plain,
    remark: Wording = ""
  ) -> [Block] {
    guard !points.isEmpty else { return [] }
    return [
      .heading(level, title, remark: remark),
      .list(points.map { ListItem(text: $0, tone: tone) }),
    ]
  }
}
